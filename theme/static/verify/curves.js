/** Points of P-256 and P-384 (SEC 1, section 2.3): their short form and their long one. */

import { joined } from "./bytes.js";

/** @typedef {"P-256" | "P-384"} Curve */

/** The curves y² = x³ - 3x + b over numbers below p, and the bytes of a number. */
const CURVES = {
  "P-256": {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    size: 32,
  },
  "P-384": {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    size: 48,
  },
};

/**
 * The long form of a point; throws where there is no such point.
 *
 * @param {Curve} curve
 * @param {Uint8Array} short a coordinate, and the sign of the other
 * @returns {Uint8Array}
 */
export function wholePoint(curve, short) {
  const { p, size } = CURVES[curve];
  const [form = 0] = short;
  const x = number(short.slice(1));
  const square = squareAt(curve, x);
  const root = power(square, (p + 1n) / 4n, p);
  if ((form !== 2 && form !== 3) || short.length !== 1 + size || x >= p || (root * root - square) % p !== 0n) {
    throw new RangeError("not a point of the curve");
  }
  const y = root % 2n === BigInt(form % 2) ? root : p - root;
  return joined(Uint8Array.of(4), short.slice(1), Uint8Array.from({ length: size }, (_, place) => Number((y >> BigInt(8 * (size - 1 - place))) & 255n)));
}

/**
 * The short form of a point, null where there is no such point.
 *
 * @param {Curve} curve
 * @param {Uint8Array} x
 * @param {Uint8Array} y
 */
export function shortPoint(curve, x, y) {
  const { p } = CURVES[curve];
  const [left, right] = [number(y), squareAt(curve, number(x))];
  if (number(x) >= p || left >= p || (left * left - right) % p !== 0n) return null;
  return joined(Uint8Array.of(2 + Number(left % 2n)), x);
}

/** @param {Curve} curve @param {bigint} x */
function squareAt(curve, x) {
  const { p, b } = CURVES[curve];
  return (((x ** 3n - 3n * x + b) % p) + p) % p;
}

/** @param {bigint} base @param {bigint} exponent @param {bigint} modulus */
function power(base, exponent, modulus) {
  let found = 1n;
  for (const bit of exponent.toString(2)) found = (found * found * (bit === "1" ? base : 1n)) % modulus;
  return found;
}

/** @param {Uint8Array} bytes */
function number(bytes) {
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}
