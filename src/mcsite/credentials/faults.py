"""Why a document can't be read as a credential."""


class FormatFault(ValueError):
    """A document can't be read as a credential; `reason` is the format check's word for it.

    `named` is what in it is at fault, where that tells a reader more: a context, term or type.
    """

    def __init__(self, reason: str, *, credential: str = "", named: str = "") -> None:
        super().__init__(f"{reason}: {named}" if named else reason)
        self.reason = reason
        self.credential = credential  # its id, where one could be read
        self.named = named
