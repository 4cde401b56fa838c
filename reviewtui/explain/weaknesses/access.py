"""Weaknesses in who may do what, and in how a caller proves who he is."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        269,
        "Improper Privilege Management",
        (
            "Rights are given, kept or taken back wrongly: a role that grants itself more, a service that never "
            "drops root."
        ),
        (
            "Views that change roles or group members, `is_staff` and `is_superuser` in forms, `setuid` code, tokens "
            "that keep the rights of yesterday."
        ),
        "A06",
    ),
    Weakness(
        272,
        "Least Privilege Violation",
        ("A step runs with more rights than it needs, because they were not given up after the step that needed them."),
        "`os.setuid` order, sudo in scripts, database users that own the schema, containers as root.",
        "",
    ),
    Weakness(
        280,
        "Improper Handling of Insufficient Permissions or Privileges",
        "The program does not expect that it may lack a right, and goes on as if it had succeeded.",
        (
            "`except PermissionError: pass`, results of `os.access` that are not used, a missing file taken for an "
            "empty list of rules."
        ),
        "A10",
    ),
    Weakness(
        284,
        "Improper Access Control",
        (
            "The widest word for access control that does not hold. Say in the finding which one: missing, wrong, or "
            "through a guessable id."
        ),
        "Routes without a guard, querysets without the user in them, admin functions behind a hidden link.",
        "A01",
    ),
    Weakness(
        285,
        "Improper Authorization",
        (
            "The decision who may do this is missing or wrong. The children are more useful: CWE-862 where it is "
            "missing, CWE-863 where it is wrong."
        ),
        (
            "Decorators and their order, `permission_classes`, `Depends(...)` on routers, checks that only the page "
            "makes."
        ),
        "A01",
    ),
    Weakness(
        287,
        "Improper Authentication",
        "The program does not establish who is calling, or believes it too easily.",
        (
            "The line that turns a request into a user: session, token, header, client certificate. What happens on "
            "an error there, and is there a second way in?"
        ),
        "A07",
    ),
    Weakness(
        288,
        "Authentication Bypass Using an Alternate Path or Channel",
        (
            "There is another way in that does not ask: an old endpoint, a debug route, an internal port, a "
            "different method."
        ),
        (
            "Version 1 of an API beside version 2, `HEAD` and `OPTIONS`, WebSocket handlers, health and metrics "
            "endpoints with details."
        ),
        "A07",
    ),
    Weakness(
        294,
        "Authentication Bypass by Capture-replay",
        "A message that was recorded can be sent once more and is accepted.",
        (
            "Webhooks without a timestamp in the signature, one-time codes that are not used up, tokens without "
            "`jti` where it matters."
        ),
        "A07",
    ),
    Weakness(
        303,
        "Incorrect Implementation of Authentication Algorithm",
        "The algorithm of the login is right on paper and wrong in code: a comparison, an order, a missing step.",
        (
            "Queries that compare the password, `==` on hashes that may be None, `authenticate` that returns a user "
            "from an `except`."
        ),
        "A07",
    ),
    Weakness(
        306,
        "Missing Authentication for Critical Function",
        "A function that matters can be used without logging in at all.",
        (
            "Every route without a guard: compare the list of routes with the list of decorators. Also tasks, "
            "sockets, admin commands over HTTP, metrics."
        ),
        "A07",
    ),
    Weakness(
        307,
        "Improper Restriction of Excessive Authentication Attempts",
        "Nothing slows down somebody who tries passwords, codes or tokens.",
        (
            "Login, reset, one-time code, token endpoint, invitation. Is the limit per account as well as per "
            "address, in storage that all workers share?"
        ),
        "A07",
    ),
    Weakness(
        308,
        "Use of Single-factor Authentication",
        "A password alone protects something that deserves more.",
        (
            "Administrators, payments, recovery of accounts, access from outside. Is a second factor enforced on "
            "every way in, API keys included?"
        ),
        "A07",
    ),
    Weakness(
        346,
        "Origin Validation Error",
        "The program acts on a message without checking from where it was sent.",
        ("`postMessage` handlers, WebSocket handshakes, CORS that reflects the origin, webhooks without a signature."),
        "A07",
    ),
    Weakness(
        348,
        "Use of Less Trusted Source",
        "There were two sources for one fact, and the one that the caller can write was taken.",
        (
            "`X-Forwarded-For`, `X-Real-IP`, `Host`, `X-Forwarded-Proto` without a trusted proxy; `ProxyFix` counts, "
            "`--forwarded-allow-ips`."
        ),
        "",
    ),
    Weakness(
        352,
        "Cross-Site Request Forgery (CSRF)",
        (
            "A page of another site makes a visitor's browser send a request, cookies included, and the server "
            "carries it out."
        ),
        (
            "`@csrf_exempt`, Flask without `CSRFProtect`, state changed by GET, FastAPI with cookie sessions, "
            "`SameSite=None`, JSON endpoints that accept forms."
        ),
        "A01",
    ),
    Weakness(
        384,
        "Session Fixation",
        "The session id from before the login is still valid after it, so whoever planted it is logged in too.",
        "`session.clear()` or `cycle_key()` at login; own session code that reads an id from a parameter.",
        "A07",
    ),
    Weakness(
        419,
        "Unprotected Primary Channel",
        "A main way into the product, e.g. the administration, is not protected as it should be.",
        "Admin pages on the public address, management ports, default paths.",
        "A06",
    ),
    Weakness(
        425,
        "Direct Request ('Forced Browsing')",
        "A page that no link leads to is open to whoever types its address.",
        "Admin and export routes that only the menu hides, `/static` roots, files named by number.",
        "A01",
    ),
    Weakness(
        521,
        "Weak Password Requirements",
        "Passwords that others guess among their first tries are accepted.",
        "Minimum length, a list of leaked passwords, validators that `create_user` or `set_password` bypasses.",
        "A07",
    ),
    Weakness(
        565,
        "Reliance on Cookies without Validation and Integrity Checking",
        "A decision rests on a cookie that the visitor can change.",
        '`request.cookies.get("role")`, prices and ids in cookies, cookies that are encoded but not signed.',
        "A08",
    ),
    Weakness(
        566,
        "Authorization Bypass Through User-Controlled SQL Primary Key",
        "The primary key from the request selects the row, and nobody asks whose row it is.",
        "`get(pk=pk)`, `query.get(id)`, `get_object_or_404(Model, pk=pk)` without the user in the filter.",
        "A01",
    ),
    Weakness(
        602,
        "Client-Side Enforcement of Server-Side Security",
        "A rule is enforced by the browser's code only.",
        (
            "Limits in JavaScript, hidden fields, disabled buttons, prices from the form. What does the server do "
            "without them?"
        ),
        "A06",
    ),
    Weakness(
        613,
        "Insufficient Session Expiration",
        ("A session or token is valid for longer than it should be: after logout, after a password change, for ever."),
        (
            "Signed cookies of Flask and Starlette cannot be called back; `exp` of JWTs, refresh tokens, remember-me "
            "cookies."
        ),
        "A07",
    ),
    Weakness(
        620,
        "Unverified Password Change",
        "A password can be changed without giving the old one or another proof.",
        "Views that set a password for the logged-in user, for a user by id, and reset links that stay valid.",
        "A07",
    ),
    Weakness(
        639,
        "Authorization Bypass Through User-Controlled Key",
        "Whoever changes the id in the request gets another's data.",
        (
            "Every id in a path, query or body: is the owner part of the query? Exports, attachments, invoices and "
            "nested objects are forgotten first."
        ),
        "A01",
    ),
    Weakness(
        640,
        "Weak Password Recovery Mechanism for Forgotten Password",
        "The way back into an account is weaker than the password.",
        (
            "Reset tokens: from `secrets`, used once, short-lived, bound to the account, not built on the `Host` "
            "header. Security questions."
        ),
        "A07",
    ),
    Weakness(
        650,
        "Trusting HTTP Permission Methods on the Server Side",
        "A rule looks at the HTTP method, and another method gets round it.",
        'Checks for POST only, `methods=["GET", "POST"]` with one guard, `HEAD`, `X-HTTP-Method-Override`.',
        "",
    ),
    Weakness(
        799,
        "Improper Control of Interaction Frequency",
        "An action may be done as often and as fast as one likes.",
        "Sending mails and messages, coupons, votes, expensive searches, sign-up.",
        "A06",
    ),
    Weakness(
        807,
        "Reliance on Untrusted Inputs in a Security Decision",
        "A security decision uses a value that the caller can write.",
        "Headers, hidden fields, cookies, the file name or type of an upload, a user agent.",
        "A06",
    ),
    Weakness(
        862,
        "Missing Authorization",
        "The code does the thing without asking whether this user may.",
        (
            "Compare routes that read with routes that change: the second often lacks the check. "
            "`permission_classes`, decorators, `Depends`, object rights in querysets, GraphQL resolvers, tasks."
        ),
        "A01",
    ),
    Weakness(
        863,
        "Incorrect Authorization",
        "There is a check, but it lets the wrong ones through.",
        (
            "Conditions with `or`, role names compared by prefix, a check on one id and use of another, decorators "
            "above `@app.route`, checks after the effect."
        ),
        "A01",
    ),
    Weakness(
        942,
        "Permissive Cross-domain Policy with Untrusted Domains",
        "Pages of any other site may read the answers, since the cross-origin rules are too wide.",
        (
            '`CORS(app)` with credentials, `allow_origins=["*"]` with `allow_credentials=True`, `allow_origin_regex` '
            "without anchors, a reflected `Origin`."
        ),
        "A02",
    ),
    Weakness(
        1021,
        "Improper Restriction of Rendered UI Layers or Frames",
        "The page can be shown within a frame of another site, and clicks on it be stolen.",
        "`X-Frame-Options`, `frame-ancestors`, `@xframe_options_exempt`.",
        "A06",
    ),
    Weakness(
        1275,
        "Sensitive Cookie with Improper SameSite Attribute",
        "The cookie is sent along with requests that other sites cause.",
        '`SESSION_COOKIE_SAMESITE` (Flask has none by default), `samesite="none"`, cookies that are set by hand.',
        "A01",
    ),
    Weakness(
        1385,
        "Missing Origin Validation in WebSockets",
        "A WebSocket accepts a handshake from any page, with the visitor's cookies.",
        (
            "`websocket.accept()` without a look at `Origin`, `AllowedHostsOriginValidator` of Channels, "
            '`cors_allowed_origins="*"` of Socket.IO.'
        ),
        "",
    ),
    Weakness(
        1392,
        "Use of Default Credentials",
        "The product comes with a known user and password that nobody has to change.",
        "Seeds, migrations, fixtures, compose files, defaults of parameters, documentation.",
        "A07",
    ),
    Weakness(
        276,
        "Incorrect Default Permissions",
        "What is installed or created has rights that are too wide from the start.",
        "Modes of files in packages and images, `umask`, buckets and queues that are public by default.",
        "A01",
    ),
    Weakness(
        522,
        "Insufficiently Protected Credentials",
        "Credentials are kept or sent so that others can get at them.",
        (
            "Tokens in URLs, local storage, logs and tables in clear text; Basic authentication without TLS; "
            "`.netrc` and settings in images."
        ),
        "A06",
    ),
    Weakness(
        552,
        "Files or Directories Accessible to External Parties",
        "Files or folders can be fetched from outside that should not be.",
        (
            "Static and media roots, `send_from_directory` with a root that is too high, buckets, backups beside the "
            "code."
        ),
        "A01",
    ),
    Weakness(
        749,
        "Exposed Dangerous Method or Function",
        "A method or function can be called from outside that was meant for inside.",
        (
            "RPC and GraphQL fields that are generated from models, `allow_dotted_names`, admin actions, public "
            "methods of handlers."
        ),
        "A01",
    ),
    Weakness(
        1390,
        "Weak Authentication",
        "The way in which users log in is too weak for what it protects.",
        "Short codes, secrets in links, addresses or devices taken as proof, a second factor that can be skipped.",
        "A07",
    ),
    Weakness(
        1391,
        "Use of Weak Credentials",
        "Credentials are easy to guess: short, common, or made from something known.",
        "Defaults made from names or dates, PINs, keys derived from the host name.",
        "A07",
    ),
)
