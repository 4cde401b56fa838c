"""Explanations of the rules on parsers of XML."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B313",
        name="xml_bad_cElementTree",
        title="XML is parsed with the old cElementTree",
        means=(
            "ElementTree under its name of old. The module is gone since Python 3.9, so the line runs on an older "
            "interpreter only, or never."
        ),
        real="Such an interpreter is out of support, and its expat may be as old: entities then grow without a bound.",
        false_alarm="The fallback branch of an import that is not taken any more.",
        look="Which branch is taken, and which Python the image has. Otherwise judge the call as for B314.",
        items=("INP-15",),
        cwe=(776,),
        example=("import xml.etree.cElementTree as ET\nET.parse(upload)"),
    ),
    Explanation(
        rule="B314",
        name="xml_bad_ElementTree",
        title="XML is parsed with ElementTree",
        means=(
            "It opens no external files, but expands entities that the document defines: nested ones grow from a "
            "kilobyte to gigabytes (“billion laughs”). Expat stops that from 2.4.1 on."
        ),
        real="Foreign documents with an older expat, or of any size: the tree takes many times the bytes of the text.",
        false_alarm=(
            "Files of one's own, reports of builds, small answers of a known service. `defusedxml` under the same "
            "short name is told apart; `ET.XML` does the same and is not reported."
        ),
        look=(
            "`pyexpat.EXPAT_VERSION` in the image, and a limit on the body: `MAX_CONTENT_LENGTH` in Flask, "
            "`DATA_UPLOAD_MAX_MEMORY_SIZE` in Django, none in Starlette. For XXE look for `lxml.etree`, which Bandit "
            "does not test any more and which before 5.0 reads local files."
        ),
        items=("INP-15",),
        cwe=(776,),
        example=("import xml.etree.ElementTree as ET\nET.fromstring(request.data)"),
    ),
    Explanation(
        rule="B315",
        name="xml_bad_expatreader",
        title="A SAX reader made by expatreader",
        means=(
            "The driver below `xml.sax`, called directly. It expands internal entities; external ones only if a "
            "feature is set, since Python 3.7.1."
        ),
        real=(
            "`setFeature(feature_external_ges, True)` on it, with foreign documents: then these read local files and "
            "call addresses (XXE)."
        ),
        false_alarm="The features as they come, on a current Python and expat.",
        look="Each `setFeature` and `setEntityResolver` on the object, and who feeds it.",
        items=("INP-15",),
        cwe=(611, 776),
        example=("from xml.sax import expatreader\nreader = expatreader.create_parser()"),
    ),
    Explanation(
        rule="B316",
        name="xml_bad_expatbuilder",
        title="A DOM built by expatbuilder",
        means=(
            "The machinery behind minidom, called without it. The whole document is held in memory, and nested "
            "entities multiply it with an old expat."
        ),
        real="Uploads or feeds in a web worker: one request takes all of its memory.",
        false_alarm="XML that the application wrote itself. The call is rare, and mostly came with a copied snippet.",
        look="Why not a usual parser? Then a limit on the size before the call, and what reads `doctype` after it.",
        items=("INP-15",),
        cwe=(776,),
        example=("from xml.dom import expatbuilder\nexpatbuilder.parseString(request.data)"),
    ),
    Explanation(
        rule="B317",
        name="xml_bad_sax",
        title="XML is parsed with xml.sax",
        means=(
            "Events in place of a tree. With `feature_external_ges` on, files and addresses that the document names "
            "are opened; Python has it off since 3.7.1."
        ),
        real="The feature is switched on, the interpreter is older, or the handler collects text without a bound.",
        false_alarm="The defaults of a current Python with a handler that keeps little.",
        look=(
            "`make_parser()` and each `setFeature` after it; `characters` of the handler. The XML deserializer of "
            "Django forbids doctypes with a reader of its own: `loaddata` is no case of this."
        ),
        items=("INP-15",),
        cwe=(611, 776),
        example=("import xml.sax\nxml.sax.parseString(request.data, handler)"),
    ),
    Explanation(
        rule="B318",
        name="xml_bad_minidom",
        title="XML is parsed with minidom",
        means=(
            "The whole document becomes objects, dozens of times the size of its text; internal entities are "
            "expanded, external ones are not fetched."
        ),
        real="The document comes with a request, and neither its size nor, with an old expat, its growth is limited.",
        false_alarm=(
            "Pretty-printing of XML that was made a line before, `parseString(tostring(...))`, the most frequent use "
            "of all."
        ),
        look=(
            "Where the string is from, and what becomes of the values. In SAML code look for a signature that is "
            "checked on one node while another is read; in SVG for scripts that are served again."
        ),
        items=("INP-15",),
        cwe=(776,),
        example=("from xml.dom import minidom\nminidom.parseString(request.data)"),
    ),
    Explanation(
        rule="B319",
        name="xml_bad_pulldom",
        title="XML is parsed with pulldom",
        means="It sits on `xml.sax` and shares its features; `expandNode` builds a subtree of any size.",
        real=(
            "`parser=` brings a reader with external entities switched on, or the sender decides how large the "
            "expanded element is."
        ),
        false_alarm="Streaming of one's own exports.",
        look="The argument `parser`, and a bound on what one `expandNode` may take.",
        items=("INP-15",),
        cwe=(611, 776),
        example=("from xml.dom import pulldom\npulldom.parseString(request.data)"),
    ),
    Explanation(
        rule="B405",
        name="import_xml_etree",
        title="ElementTree is imported",
        means="Importing does nothing, and ElementTree writes XML as often as it reads it.",
        real="A call that parses foreign documents follows: B314.",
        false_alarm="The file only builds elements and calls `tostring`, or names `ET.Element` in annotations.",
        look=(
            "`parse`, `fromstring`, `XML`, `iterparse` in this file. Where `defusedxml` is imported beside it, see "
            "which of the two each call uses."
        ),
        items=("INP-15",),
        cwe=(776,),
        example="import xml.etree.ElementTree as ET",
    ),
    Explanation(
        rule="B406",
        name="import_xml_sax",
        title="Something of xml.sax is imported",
        means="The package, or anything below it; its functions for escaping are there too and parse nothing.",
        real="`make_parser`, `parse` or `parseString` is called: B317.",
        false_alarm="`from xml.sax.saxutils import escape`, the most common reason for this hit.",
        look=(
            "Which names are imported. If `escape` is used for HTML attributes, that is a finding of its own: it "
            "leaves quotes as they are, `html.escape` does not."
        ),
        items=("INP-15",),
        cwe=(611,),
        example="from xml.sax import make_parser",
    ),
    Explanation(
        rule="B407",
        name="import_xml_expat",
        title="xml.dom.expatbuilder is imported",
        means="An inner module of the standard library that applications hardly need.",
        real="It parses foreign documents: B316.",
        false_alarm="Libraries that subclass the builder in order to forbid entities, as defusedxml does.",
        look="What the subclasses do on entities and doctypes: to raise is right, an empty handler is not the same.",
        items=("INP-15",),
        cwe=(776,),
        example="import xml.dom.expatbuilder",
    ),
    Explanation(
        rule="B408",
        name="import_xml_minidom",
        title="minidom is imported",
        means="The file works with DOM trees, read or made.",
        real="Foreign documents are parsed: B318.",
        false_alarm="`Document()`, `toprettyxml()` or an annotation.",
        look="`parse` and `parseString`. A tree that another module has parsed has its hit there.",
        items=("INP-15",),
        cwe=(776,),
        example="import xml.dom.minidom",
    ),
    Explanation(
        rule="B409",
        name="import_xml_pulldom",
        title="pulldom is imported",
        means="A rare module; who uses it reads large documents in pieces.",
        real="The sender is not trusted and B319 stands beside it.",
        false_alarm="Constants such as `START_ELEMENT`, for events that come from elsewhere.",
        look="Which reader is behind the events.",
        items=("INP-15",),
        cwe=(776,),
        example="import xml.dom.pulldom",
    ),
    Explanation(
        rule="B411",
        name="import_xmlrpclib",
        title="XML-RPC, as a client or a server",
        means=(
            "Any module of `xmlrpc`. A client unpacks gzipped answers without a limit; a server publishes its "
            "functions, without a login, to whoever reaches it."
        ),
        real=(
            "The peer is not trusted, or `SimpleXMLRPCServer` listens beyond the machine; `allow_dotted_names=True` "
            "opens the attributes of the registered object, and with them the interpreter."
        ),
        false_alarm="A client of a known service over https.",
        look=(
            '`register_instance`, `allow_dotted_names`, the address that is bound, `ServerProxy("http://…")`, and a '
            "timeout, since there is none by default. `defusedxml.xmlrpc.monkey_patch()` limits XML and gzip."
        ),
        items=("INP-15",),
        cwe=(776, 409),
        example="import xmlrpc.client",
    ),
)
