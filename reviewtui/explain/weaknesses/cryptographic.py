"""Weaknesses in hashes, ciphers, keys, signatures and random numbers."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        256,
        "Plaintext Storage of a Password",
        "Passwords are kept as they are, so whoever reads the table or file has them.",
        ("Columns and settings called password; `user.password = form.password`; exports, logs and backups of them."),
        "A06",
    ),
    Weakness(
        295,
        "Improper Certificate Validation",
        "A TLS certificate is not, or not wholly, checked, so the other side can be anybody.",
        (
            "`verify=False`, `CERT_NONE`, `_create_unverified_context`, `check_hostname = False`, `ssl=False`, SSH "
            "host keys that are accepted unseen."
        ),
        "A07",
    ),
    Weakness(
        297,
        "Improper Validation of Certificate with Host Mismatch",
        "The certificate is valid, but for another name, and that is not noticed.",
        "`check_hostname = False`, own handshakes without `server_hostname`, `assert_hostname=False` of urllib3.",
        "A07",
    ),
    Weakness(
        311,
        "Missing Encryption of Sensitive Data",
        "Data of value is kept or sent without encryption.",
        "Columns with health or payment data, backups, queues, connections to databases and caches without TLS.",
        "A06",
    ),
    Weakness(
        319,
        "Cleartext Transmission of Sensitive Information",
        "Credentials or private data go over the network in clear text.",
        (
            "`http://`, `ftp://`, `telnet`, `ldap://`, SNMP 1 and 2c, SMTP without `starttls`, database URLs without "
            "TLS."
        ),
        "A04",
    ),
    Weakness(
        321,
        "Use of Hard-coded Cryptographic Key",
        "The key stands in the source, so it is the same everywhere and known to all who have the code.",
        (
            '`SECRET_KEY`, `jwt.encode(..., "…")`, `Fernet(b"…")`, private keys in the tree; defaults that '
            "production falls back to."
        ),
        "A04",
    ),
    Weakness(
        323,
        "Reusing a Nonce, Key Pair in Encryption",
        "A nonce is used twice with one key, which gives away the text or the key of the authentication.",
        "Constant or counted-from-zero nonces for GCM, ChaCha20 and CTR; nonces derived from the message.",
        "A04",
    ),
    Weakness(
        326,
        "Inadequate Encryption Strength",
        "The right kind of algorithm, with too little strength: short keys, few rounds.",
        ("RSA below 2048 bits, small curves, iteration counts of PBKDF2, keys made from passwords without derivation."),
        "A04",
    ),
    Weakness(
        327,
        "Use of a Broken or Risky Cryptographic Algorithm",
        "An algorithm or protocol that is broken or misused for the purpose.",
        (
            "MD5 and SHA-1 for signatures, DES, RC4, ECB, old TLS versions, encryption without authentication, "
            "schemes of one's own."
        ),
        "A04",
    ),
    Weakness(
        328,
        "Use of Weak Hash",
        "A hash for which two inputs with one digest, or an input for a given digest, can be found.",
        ("`md5`, `sha1`, shortened digests, CRC as protection. What is compared with it, and who chooses the input?"),
        "A04",
    ),
    Weakness(
        329,
        "Generation of Predictable IV with CBC Mode",
        "The initialisation vector of CBC can be foreseen, so chosen texts can be compared.",
        '`iv = b"\\0" * 16`, an IV derived from the key, the last block of the message before.',
        "A04",
    ),
    Weakness(
        330,
        "Use of Insufficiently Random Values",
        "Values that nobody should guess are too predictable; the weakness as such, CWE-338 is the common cause.",
        (
            "Tokens, codes, ids of shares, passwords, salts: which source are they drawn from, and how many bits are "
            "in them?"
        ),
        "A04",
    ),
    Weakness(
        338,
        "Use of Cryptographically Weak Pseudo-Random Number Generator (PRNG)",
        "A generator made for simulations is used for a secret.",
        "`random`, `numpy.random`, `Math.random()`, seeds from the clock. `secrets` or `os.urandom` is right.",
        "A04",
    ),
    Weakness(
        345,
        "Insufficient Verification of Data Authenticity",
        "The program does not check that data is from where it should be and unchanged.",
        (
            "Webhooks, signed cookies, downloads, messages from a queue, updates. Is there a signature, and what "
            "happens if it is missing?"
        ),
        "A08",
    ),
    Weakness(
        347,
        "Improper Verification of Cryptographic Signature",
        "A signature is not checked, or so that a wrong one passes.",
        (
            '`jwt.decode(..., options={"verify_signature": False})`, a missing `algorithms=`, keys chosen by the '
            "token (`kid`, `jku`), SAML, `==` on MACs."
        ),
        "A04",
    ),
    Weakness(
        353,
        "Missing Support for Integrity Check",
        "Nothing would show that data was changed on its way or at rest.",
        (
            "Scripts from other hosts without `integrity`, backups, encrypted values without a MAC, messages between "
            "services."
        ),
        "A08",
    ),
    Weakness(
        523,
        "Unprotected Transport of Credentials",
        "The login form or its target is served without TLS.",
        "Redirects to HTTPS that come after the form, HSTS, API clients with `http://` and Basic authentication.",
        "A04",
    ),
    Weakness(
        759,
        "Use of a One-Way Hash without a Salt",
        "A password hash has no salt, so equal passwords look equal and tables computed before can be used.",
        "`hashlib` on passwords, one salt for all, `UnsaltedMD5PasswordHasher` and its kin.",
        "A04",
    ),
    Weakness(
        780,
        "Use of RSA Algorithm without OAEP",
        "RSA is used without OAEP, so ciphertexts can be tried out against the server.",
        "`padding.PKCS1v15()` for encryption, `PKCS1_v1_5` of PyCryptodome.",
        "A04",
    ),
    Weakness(
        916,
        "Use of Password Hash With Insufficient Computational Effort",
        "The password hash is so fast that guesses are cheap.",
        (
            "`md5`, `sha256` and their like on passwords, PBKDF2 with few rounds, bcrypt with a small cost, first "
            "entry of `PASSWORD_HASHERS`."
        ),
        "A04",
    ),
    Weakness(
        1240,
        "Use of a Cryptographic Primitive with a Risky Implementation",
        "A primitive is home-made or an unusual one, with nobody to vouch for it.",
        "Own ciphers, XOR, own padding, MACs made of `hash(key + message)`.",
        "A04",
    ),
    Weakness(
        331,
        "Insufficient Entropy",
        "A secret is drawn from too few possibilities.",
        (
            "Short codes, `uuid1`, truncated tokens, seeds from the clock or the process id. 128 bits are the usual "
            "measure."
        ),
        "A04",
    ),
    Weakness(
        760,
        "Use of a One-Way Hash with a Predictable Salt",
        "The salt of a hash can be foreseen, so tables can be computed for it beforehand.",
        "The user's name, a constant or a counter as salt; salts from `random`.",
        "A04",
    ),
)
