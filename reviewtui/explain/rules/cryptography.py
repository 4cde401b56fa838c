"""Explanations of the rules on hashes, ciphers, keys and random numbers."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B303",
        name="md5",
        title="An old hash of a third-party library",
        means=(
            "MD2, MD4, MD5 or SHA-1 of PyCryptodome or cryptography. Collisions have been computed for MD4, MD5 and "
            "SHA-1, so two documents can share one hash."
        ),
        real=(
            "Signatures, certificates, checks of downloads, deduplication across users, tokens; and passwords, for "
            "which any fast hash is wrong."
        ),
        false_alarm=(
            "HMAC does not suffer from collisions. Formats that prescribe SHA-1 leave no choice: fingerprints, TOTP, "
            "git. `hashlib` is another rule, B324; `Crypto.Hash.SHA1` is missing in the list, which has it as `SHA`."
        ),
        look=(
            "What is done with the digest: compared with what somebody else supplies, signed, or only the name of a "
            "cache entry? For passwords ask for the framework's own way: first entry of Django's `PASSWORD_HASHERS`, "
            "`generate_password_hash` of Werkzeug, argon2 in FastAPI."
        ),
        items=("AUTH-01",),
        cwe=(328, 327),
        example=("from cryptography.hazmat.primitives import hashes\ndigest = hashes.Hash(hashes.SHA1())"),
    ),
    Explanation(
        rule="B304",
        name="ciphers",
        title="A cipher that is broken or too small",
        means=(
            "One of DES, 3DES, RC2, RC4, Blowfish, CAST5, IDEA, SEED or XOR. Most have a short key, a biased key "
            "stream, or 64-bit blocks that repeat within some gigabytes; SEED is merely retired."
        ),
        real=(
            "Data of value is kept or sent with it: cookies, tokens, columns, files, a protocol of one's own. Mostly "
            "a second flaw comes along: nothing notices changed ciphertext."
        ),
        false_alarm=(
            "Reading old archives, devices that know nothing else, test vectors. `DES3` of PyCryptodome and names "
            "below `cryptography.hazmat.decrepit` are no better and go unreported."
        ),
        look=(
            "Which data, since when, and can it be encrypted anew? Ask for AES-GCM or ChaCha20-Poly1305 with a fresh "
            "nonce each, or `Fernet`. See where the key comes from: Django's or Flask's `SECRET_KEY` as it stands is "
            "none."
        ),
        items=(),
        cwe=(327,),
        example=("from Cryptodome.Cipher import ARC4\nARC4.new(key).encrypt(data)"),
    ),
    Explanation(
        rule="B305",
        name="cipher_modes",
        title="ECB encrypts equal blocks alike",
        means=(
            "Each block is encrypted for itself: equal plaintext gives equal ciphertext, and blocks can be cut, "
            "repeated and exchanged without the key."
        ),
        real=(
            "More than one block, or something of which an attacker sees or shapes many samples: cookies, tokens, "
            "card numbers. Who can put text before a secret reads it byte by byte."
        ),
        false_alarm="A single block of random data, as in wrapping a key, or ECB as a part of another mode.",
        look=(
            "Search for `MODE_ECB` too: only `modes.ECB` of cryptography is known to this test, not PyCryptodome. "
            "Who can send ciphertext back? `AESGCM` or `Fernet` are the answer; CBC without a MAC only changes the "
            "attack."
        ),
        items=(),
        cwe=(327,),
        example=("from cryptography.hazmat.primitives.ciphers import modes\nmode = modes.ECB()"),
    ),
    Explanation(
        rule="B311",
        name="random",
        title="Numbers that can be predicted",
        means=(
            "The module `random` is a Mersenne Twister, built for simulations: 624 outputs of 32 bits are enough to "
            "compute all that follow."
        ),
        real=(
            "Nobody may guess the value: reset and session tokens, one-time codes, passwords, invitations, names of "
            "private files, draws of prizes. That few outputs are seen is no protection if the seed can be searched."
        ),
        false_alarm=(
            "Shuffles for display, samples, jitter of retries, test data. `secrets` and `random.SystemRandom()` are "
            "sound and not reported."
        ),
        look=(
            "Where the value goes: URL, cookie, mail, a unique column? Missed: `random.shuffle`, methods of a "
            "`Random()` object, `numpy.random`, `uuid.uuid1`. Django's `get_random_string` is sound; elsewhere ask "
            "for `secrets.token_urlsafe`."
        ),
        items=("AUTH-06",),
        cwe=(338, 330),
        example=('import random\ncode = "".join(random.choices("0123456789", k=6))'),
    ),
    Explanation(
        rule="B324",
        name="hashlib_insecure_functions",
        title="MD5 or SHA-1 of hashlib",
        means=(
            '`hashlib.md5`, `sha1` or `new("md5")`, or an old method of `crypt`, in a call that does not say that '
            "security is no matter here. Collisions can be computed for both hashes."
        ),
        real=(
            "The digest protects something: a password, a reset token, a signature, a download, storage that is "
            "deduplicated by hash while users supply the content."
        ),
        false_alarm=(
            "ETags, cache keys, sharding, checksums against accidents. `usedforsecurity=False` says so and ends the "
            "report; so does a variable there, so read it. SHA-1 within `hmac.new(...)` is not reported, and rightly."
        ),
        look=(
            "Who chooses the input, and what is the digest compared with? `hashlib.sha256(password)` is as wrong as "
            "MD5 and never reported. In Django look for `MD5PasswordHasher` in settings, in Flask and FastAPI for "
            "tokens and signatures made by hand."
        ),
        items=("AUTH-01",),
        cwe=(328, 327),
        example=("import hashlib\nhashlib.md5(password.encode()).hexdigest()"),
    ),
    Explanation(
        rule="B413",
        name="import_pycrypto",
        title="PyCrypto, or its successor by the same name",
        means=(
            "Modules of `Crypto` are imported. PyCrypto, without a release since 2013 and with a buffer overflow "
            "(CVE-2013-7459), has that name; so has PyCryptodome, which is maintained."
        ),
        real="`pycrypto` stands in a requirement, a lock file or an image.",
        false_alarm=(
            "`pycryptodome` is installed: an import cannot tell the two apart. `Cryptodome`, its other name, is not "
            "matched, and neither is a bare `import Crypto`."
        ),
        look=(
            "requirements, pyproject.toml and lock files, then `pip list` in the image. After that how it is used, "
            "for the habits of that library matter more than its age: ECB, a constant IV, no MAC, a password as key."
        ),
        items=("DEP-03",),
        cwe=(1104, 327),
        example="from Crypto.Cipher import AES",
    ),
    Explanation(
        rule="B505",
        name="weak_cryptographic_key",
        title="A new key that is too short",
        means=(
            "A private key is made with fewer than 2048 bits for RSA or DSA, or on a curve below 224 bits. High "
            "below 1024 bits: keys of up to 829 bits have been factored in public."
        ),
        real="Keys that sign tokens, certificates, packages or logins, and keys that live for years.",
        false_alarm="Throw-away keys of tests, where speed is the point.",
        look=(
            "Keys that are loaded are never measured, so see what exists (`openssl pkey -text`) and what signs the "
            "JWTs. A size in a variable and a curve written the usual way, `ec.SECP192R1()`, are missed too. For new "
            "keys: 3072 bits, P-256 or Ed25519."
        ),
        items=(),
        cwe=(326,),
        example=(
            "from cryptography.hazmat.primitives.asymmetric import rsa\n"
            "rsa.generate_private_key(public_exponent=65537, key_size=1024)"
        ),
    ),
)
