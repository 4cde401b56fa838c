"""Explanations of the rules on HTML that is not escaped."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B308",
        name="mark_safe",
        title="mark_safe switches escaping off for a string",
        means=(
            "Django escapes what templates print unless the value claims to be safe. The call claims so without "
            "changing a character, and all that is in the string reaches the browser as HTML."
        ),
        real=(
            "Something in it came from a user, a model field, a file name or a translation and was not escaped by "
            "itself. Stored text is the usual way: comments, names, the rich text of an editor."
        ),
        false_alarm=(
            "Constant markup: each call is reported, also of a literal; whether B703 stands on the same line tells "
            "if the string can vary. The output of a sanitizer such as nh3 is fine if nothing is changed after it."
        ),
        look=(
            '`format_html("<b>{}</b>", name)` and `format_html_join` escape their arguments: could they do it? Then '
            "filters with `is_safe=True`, `{% autoescape off %}`, `|safe`, and admin methods that return HTML. "
            "Bandit reads no templates."
        ),
        items=("INP-07",),
        cwe=(79,),
        example=('from django.utils.safestring import mark_safe\nmark_safe("<b>" + comment.text + "</b>")'),
    ),
    Explanation(
        rule="B701",
        name="jinja2_autoescape_false",
        title="A Jinja2 environment without autoescaping",
        means=(
            "`jinja2.Environment` prints values as they are unless told to escape. Every value in every template of "
            "it then needs its own `|e`, and sooner or later one has none."
        ),
        real=(
            "It renders HTML: pages, mails, PDF by way of HTML, snippets of a view. Where users can write the "
            "templates it is worse, whatever is escaped: a template is code (CWE-1336)."
        ),
        false_alarm=(
            "Text that no browser reads: settings, LaTeX, SQL (which has injections of its own). A function as value "
            "is reported with medium confidence, though it may decide well."
        ),
        look=(
            "`autoescape=`, and what `select_autoescape()` covers: .html, .htm, .xml and strings, but not `.j2`. The "
            "environments of Flask and of Starlette's `Jinja2Templates` do escape by suffix. `jinja2.Template(...)` "
            "and `SandboxedEnvironment` are not reported: search for them."
        ),
        items=("INP-07", "INP-06"),
        cwe=(79, 116),
        example=("import jinja2\njinja2.Environment(loader=loader)"),
    ),
    Explanation(
        rule="B702",
        name="use_of_mako_templates",
        title="Mako prints values unescaped",
        means=(
            "A Mako template escapes nothing unless a filter says so, at each `${…}` or in `default_filters`. It "
            "also runs Python between `<% %>`: who writes a template runs code."
        ),
        real=(
            "Pages show values of users without `|h`, or the text of the template itself is taken from a table or an "
            "upload."
        ),
        false_alarm=(
            "Output that is no HTML, as Alembic's migration scripts, and templates made with "
            '`default_filters=["h"]`, which is not looked at. `TemplateLookup`, the usual way in an application, is '
            "never reported."
        ),
        look=(
            "`default_filters` of each `Template` and `TemplateLookup`, then `|n` in the templates, which switches "
            "them off. Pyramid's binding escapes unless its setting `mako.default_filters` says otherwise."
        ),
        items=("INP-07", "INP-06"),
        cwe=(80, 1336),
        example=("from mako.template import Template\nTemplate(text).render(name=name)"),
    ),
    Explanation(
        rule="B703",
        name="django_mark_safe",
        title="Text that can vary is declared safe HTML",
        means=(
            "Bandit followed the argument of `mark_safe` or `SafeString` back through the function and could not "
            "show that it consists of literals. Django will not escape it any more."
        ),
        real=(
            "The value is a parameter, an attribute or the result of a call that holds input. `SafeString(...)` is "
            "reported by this test alone, so it is no mere copy of B308."
        ),
        false_alarm=(
            "Parts that were escaped before, by `escape` or `format_html`, and strings of another module: the "
            "analysis ends with the function and knows no sanitizer."
        ),
        look=(
            "Every assignment of the variable, branch by branch. `conditional_escape` on each inserted part is right "
            "in text; within `<script>` and in links it is not enough: look for `json_script` and a check of the "
            "scheme."
        ),
        items=("INP-07",),
        cwe=(80, 79),
        example=("from django.utils.safestring import SafeString\nSafeString(comment.text)"),
    ),
    Explanation(
        rule="B704",
        name="markupsafe_markup_xss",
        title="Markup() is given text that can vary",
        means=(
            "Jinja2, WTForms and Flask take a `Markup` object for finished HTML. The constructor escapes nothing, it "
            "only declares."
        ),
        real=(
            'An f-string, a variable, or a `%` inside the brackets: `Markup("<b>%s</b>" % name)`. With the `%` '
            "outside of them `name` is escaped, which is not reported."
        ),
        false_alarm=(
            "`Markup(escape(x))` and the result of a sanitizer: only literals are let through. A second `Markup` "
            "around one changes nothing."
        ),
        look=(
            "What is between the brackets, and whether sanitizing is the last step before it. Only "
            "`markupsafe.Markup` and `flask.Markup` are known: search for `jinja2.Markup`, for subclasses, for "
            "custom filters and for `|safe` in the templates."
        ),
        items=("INP-07",),
        cwe=(79,),
        example=('from markupsafe import Markup\nMarkup(f"<b>{name}</b>")'),
    ),
)
