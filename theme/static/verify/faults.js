/** Why a document can't be read as a credential; mirrors mcsite/credentials/faults.py. */

/**
 * `credential` is its id where one could be read; `where` is the document, or the name of what is at fault in it.
 */
export class FormatFault extends Error {
  /** @param {string} reason @param {string} credential @param {string | JsonObject} where */
  constructor(reason, credential = "", where = "") {
    super(reason);
    // A module that was loaded on its own knows it by that.
    this.name = "FormatFault";
    this.reason = reason;
    this.credential = credential;
    this.where = where;
  }
}
