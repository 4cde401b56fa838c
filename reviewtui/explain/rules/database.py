"""Explanations of the rules on SQL."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B608",
        name="hardcoded_sql_expressions",
        title="SQL is put together as text",
        means=(
            "A string that looks like a statement is joined by `+`, `%`, `format`, `replace` or an f-string. A value "
            "that is pasted in can end the quotes and go on in SQL: read other tables, pass the login, write."
        ),
        real=(
            "The pasted part is a value from a request, a header, an import or an earlier row, or the name of a "
            "table, column or sort order that the user chooses. Medium confidence: the text goes straight into "
            "`execute`."
        ),
        false_alarm=(
            'Sentences (“select one from the list …”), placeholders built by `", ".join("?" * n)`, names from '
            'constants. Missed: `+=`, `"".join(...)`, statements other than SELECT, INSERT, UPDATE and DELETE, '
            "pieces that begin with WHERE."
        ),
        look=(
            "Where it is executed, and whether values go apart as parameters. Django: `cursor.execute`, `raw`, "
            '`extra`. SQLAlchemy in Flask and FastAPI: `text(f"…")`, `order_by(text(…))`; `bindparams` is the way. '
            "Names cannot be bound: look for a dict of known columns."
        ),
        items=("INP-01", "AUTH-02"),
        cwe=(89,),
        example="db.execute(f\"SELECT * FROM users WHERE name = '{name}'\")",
    ),
    Explanation(
        rule="B610",
        name="django_extra_used",
        title="QuerySet.extra gets SQL that is not constant",
        means=(
            "`extra` of Django pastes its lists into the statement as they are. It is reported where `select`, "
            "`where` or `tables` is not made of literals; values in `params` are bound and do no harm."
        ),
        real=(
            "A formatted string with a value from `request.GET`, a form or a serializer stands in one of the lists. "
            "`order_by` of the same call is passed on verbatim too, and no test looks at it."
        ),
        false_alarm=(
            "A tuple in place of a list counts as unsafe even if all is literal, and a method called `extra` of any "
            "other library is reported. Constants from another module look variable."
        ),
        look=(
            "Read each list: a `%s` in `where` belongs to `params`, one value each. Ask whether `annotate`, `Exists` "
            "or a `Func` could say the same; new code has no reason for `extra`."
        ),
        items=("INP-01",),
        cwe=(89,),
        example="Entry.objects.extra(where=[\"title = '%s'\" % title])",
    ),
    Explanation(
        rule="B611",
        name="django_rawsql_used",
        title="RawSQL with a statement that is not a literal",
        means=(
            "`RawSQL` goes into the query as it is written. Its second argument is bound by the driver; in the first "
            "nothing is escaped."
        ),
        real=(
            "Text from a view, form or serializer is in the first argument, often by way of a sort or filter "
            "parameter of an API."
        ),
        false_alarm=(
            "A statement from a module constant, or joined from literals: all but one plain literal is reported, "
            "provided that the file imports from `django.db.models`. `Manager.raw` is left to B608."
        ),
        look=(
            "Both arguments together: as many `%s` as parameters, and no quotes around a `%s`, for these break the "
            "binding. Look for `Func(template=…)` and `cursor.execute` in the same module."
        ),
        items=("INP-01",),
        cwe=(89,),
        example=('from django.db.models.expressions import RawSQL\nRawSQL("price * %s" % factor, ())'),
    ),
)
