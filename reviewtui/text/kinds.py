"""What a piece of source is to a reader's eye, and how that follows from the highlighter's own types."""

from enum import StrEnum
from typing import Final


class TokenKind(StrEnum):
    """What a piece of source is, as far as a reader's eye should tell it apart; plain text has no kind."""

    KEYWORD = "keyword"
    NAME_FUNCTION = "name-function"
    NAME_CLASS = "name-class"
    NAMESPACE = "namespace"
    DECORATOR = "decorator"
    BUILTIN = "builtin"
    EXCEPTION = "exception"
    TYPE = "type"
    CONSTANT = "constant"
    VARIABLE = "variable"
    STRING = "string"
    DOC = "doc"
    ESCAPE = "escape"
    INTERPOLATION = "interpolation"
    NUMBER = "number"
    COMMENT = "comment"
    PREPROCESSOR = "preprocessor"
    """Also the tags of template languages."""
    OPERATOR = "operator"
    TAG = "tag"
    ATTRIBUTE = "attribute"
    HEADING = "heading"
    INSERTED = "inserted"
    DELETED = "deleted"
    ERROR = "error"


Span = tuple[int, int, TokenKind]
"""Start column, end column (exclusive), kind; on one line, in order, without overlaps."""

Spans = tuple[Span, ...]
"""Those of one line."""

KINDS: Final[dict[tuple[str, ...], TokenKind | None]] = {
    ("Keyword",): TokenKind.KEYWORD,
    ("Keyword", "Constant"): TokenKind.CONSTANT,
    ("Keyword", "Type"): TokenKind.TYPE,
    ("Name", "Function"): TokenKind.NAME_FUNCTION,
    ("Name", "Class"): TokenKind.NAME_CLASS,
    ("Name", "Namespace"): TokenKind.NAMESPACE,
    ("Name", "Decorator"): TokenKind.DECORATOR,
    ("Name", "Builtin"): TokenKind.BUILTIN,
    ("Name", "Exception"): TokenKind.EXCEPTION,
    ("Name", "Constant"): TokenKind.CONSTANT,
    ("Name", "Variable"): TokenKind.VARIABLE,
    ("Name", "Variable", "Magic"): TokenKind.BUILTIN,
    ("Name", "Entity"): TokenKind.ESCAPE,
    ("Name", "Tag"): TokenKind.TAG,
    ("Name", "Attribute"): TokenKind.ATTRIBUTE,
    ("Literal",): TokenKind.CONSTANT,
    ("Literal", "String"): TokenKind.STRING,
    ("Literal", "String", "Doc"): TokenKind.DOC,
    ("Literal", "String", "Escape"): TokenKind.ESCAPE,
    ("Literal", "String", "Interpol"): TokenKind.INTERPOLATION,
    ("Literal", "Number"): TokenKind.NUMBER,
    ("Comment",): TokenKind.COMMENT,
    ("Comment", "Preproc"): TokenKind.PREPROCESSOR,
    ("Comment", "PreprocFile"): TokenKind.STRING,
    ("Operator",): TokenKind.OPERATOR,
    ("Operator", "Word"): TokenKind.KEYWORD,
    ("Generic", "Heading"): TokenKind.HEADING,
    ("Generic", "Subheading"): TokenKind.HEADING,
    ("Generic", "Inserted"): TokenKind.INSERTED,
    ("Generic", "Deleted"): TokenKind.DELETED,
    ("Generic", "Error"): TokenKind.ERROR,
    ("Error",): TokenKind.ERROR,
    (): None,
}
"""By the parts of a type's name; what is not here is what the nearest one above it is."""
