// Proof of work for a suspicious submission. Loaded only when the server asks for it, so hardly anybody ever loads it.
// A challenge is ALTCHA's, version 2: try numbers until the key derived from one begins with `keyPrefix`. The browser
// derives keys in threads of its own, so the page stays as quick as it was.

const TRIES = 10_000;
const CANNOT = "none"; // The server takes it, and a person looks at the comment.

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
// A page's old library may have given all objects a toJSON of its own.
const bare = (value) => Object(value) !== value ? value
  : Object.entries(value).reduce((all, [name, inner]) => Object.assign(all, { [name]: bare(inner) }), { __proto__: null });
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** What to send as `pow` for this `challenge`; "none" where this browser can't compute it. */
export async function solve(challenge) {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const number = new DataView(password.buffer, password.length - 4);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  if (!globalThis.crypto?.subtle) return CANNOT; // Pages without TLS have none.
  for (let counter = 0; counter < TRIES; counter++) {
    number.setUint32(0, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify(bare({ challenge, solution: { counter, derivedKey } })));
  }
  return CANNOT;
}
