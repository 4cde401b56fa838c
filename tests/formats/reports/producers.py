"""Reports as tools write them of which no sample is at hand, from what is known of their shape."""

from typing import Any, Final

Json = dict[str, Any]

SECRET: Final = "AKIAIOSFODNN7EXAMPLE"


def _at(uri: str, region: Json | None, **more: Any) -> list[Json]:
    physical: Json = {"artifactLocation": {"uri": uri, **more}}
    if region is not None:
        physical["region"] = region
    return [{"physicalLocation": physical}]


def _log(*runs: Json) -> Json:
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": list(runs)}


def gitleaks() -> Json:
    """Secrets: the secret itself stands in the snippet and, in older versions, in the properties."""
    return _log(
        {
            "tool": {"driver": {"name": "Gitleaks", "semanticVersion": "v7.6.1"}},
            "results": [
                {
                    "message": {"text": "AWS Access Key secret detected"},
                    "properties": {
                        "commit": "0123abcd",
                        "offender": SECRET,
                        "date": "2021-01-01T00:00:00Z",
                        "author": "Ada",
                        "email": "ada@example.org",
                        "commitMessage": "Add keys",
                        "operation": "addition",
                        "repo": "shop",
                    },
                    "locations": _at("config.py", {"startLine": 2, "snippet": {"text": f'KEY = "{SECRET}"'}}),
                }
            ],
        },
        {
            "tool": {
                "driver": {
                    "name": "gitleaks",
                    "semanticVersion": "v8.0.0",
                    "rules": [{"id": "aws-access-token", "shortDescription": {"text": "AWS"}}],
                }
            },
            "results": [
                {
                    "message": {"text": "aws-access-token has detected secret for file config.py."},
                    "ruleId": "aws-access-token",
                    "locations": _at(
                        "config.py",
                        {
                            "startLine": 2,
                            "startColumn": 8,
                            "endLine": 2,
                            "endColumn": 27,
                            "snippet": {"text": SECRET},
                        },
                    ),
                    "partialFingerprints": {"commitSha": "0123abcd", "email": "ada@example.org", "author": "Ada"},
                    "properties": {"tags": []},
                }
            ],
        },
    )


def old_codeql() -> Json:
    """Rules in the driver, named by number alone; files by their number in the list of artifacts."""
    rule = {
        "id": "py/path-injection",
        "name": "py/path-injection",
        "shortDescription": {"text": "Uncontrolled data used in path expression"},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["security", "external/cwe/cwe-022", "external/cwe/cwe-023"], "precision": "high"},
    }
    return _log(
        {
            "tool": {"driver": {"name": "CodeQL command-line toolchain", "rules": [{"id": "x"}, rule]}},
            "artifacts": [{"location": {"uri": "app.py", "uriBaseId": "%SRCROOT%", "index": 0}}],
            "results": [
                {
                    "ruleIndex": 1,
                    "message": {"text": "This path depends on [a user-provided value](1)."},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uriBaseId": "%SRCROOT%", "index": 0},
                                "region": {"startLine": 5, "startColumn": 15, "endColumn": 19},
                            }
                        }
                    ],
                    "relatedLocations": [
                        {
                            "id": 1,
                            "physicalLocation": {
                                "artifactLocation": {"index": 0},
                                "region": {"startLine": 4, "startColumn": 9, "endColumn": 13},
                            },
                            "message": {"text": "a user-provided value"},
                        }
                    ],
                }
            ],
            "columnKind": "utf16CodeUnits",
        }
    )


def spotbugs() -> Json:
    """Messages by id with arguments, bases that are numbers, symbols."""
    return _log(
        {
            "tool": {
                "driver": {
                    "name": "SpotBugs",
                    "version": "4.8.3",
                    "rules": [
                        {
                            "id": "SQL_INJECTION_JDBC",
                            "shortDescription": {"text": "Potential JDBC Injection."},
                            "messageStrings": {"default": {"text": "This use of {0} can be vulnerable in {1}."}},
                            "helpUri": "https://example.org/bugs#SQL_INJECTION_JDBC",
                            "properties": {"tags": ["SECURITY"]},
                            "relationships": [
                                {
                                    "target": {
                                        "id": "89",
                                        "guid": "f6e8ef2b-4b0f-3b3d-8a1b-000000000089",
                                        "toolComponent": {
                                            "name": "CWE",
                                            "guid": "b8c54a32-de19-51d2-9a08-f0abfbaa7310",
                                        },
                                    },
                                    "kinds": ["superset"],
                                }
                            ],
                        }
                    ],
                }
            },
            "originalUriBaseIds": {"8736793520": {"uri": "file:///build/src/main/java/"}},
            "invocations": [
                {
                    "executionSuccessful": True,
                    "toolConfigurationNotifications": [
                        {
                            "descriptor": {"id": "spotbugs-missing-classes"},
                            "message": {"text": "Classes needed for analysis were missing: [a.B]"},
                            "level": "error",
                        }
                    ],
                }
            ],
            "results": [
                {
                    "ruleId": "SQL_INJECTION_JDBC",
                    "ruleIndex": 0,
                    "message": {
                        "id": "default",
                        "text": "",
                        "arguments": ["java/sql/Statement.execute", "org.shop.Dao.find"],
                    },
                    "level": "warning",
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "org/shop/Dao.java", "uriBaseId": "8736793520"},
                                "region": {"startLine": 3},
                            },
                            "logicalLocations": [
                                {"name": "find()", "kind": "function", "fullyQualifiedName": "org.shop.Dao.find()"}
                            ],
                        }
                    ],
                }
            ],
        }
    )


def eslint() -> Json:
    """Absolute Windows URIs, UTF-16 columns, errors of parsing as notifications."""
    return _log(
        {
            "tool": {
                "driver": {
                    "name": "ESLint",
                    "version": "8.57.0",
                    "rules": [
                        {
                            "id": "no-eval",
                            "helpUri": "https://eslint.org/docs/latest/rules/no-eval",
                            "properties": {"category": "Best Practices"},
                            "shortDescription": {"text": "Disallow the use of `eval()`"},
                        }
                    ],
                }
            },
            "artifacts": [{"location": {"uri": "file:///C:/agent/_work/1/s/web/main.js"}}],
            "results": [
                {
                    "level": "error",
                    "message": {"text": "eval can be harmful."},
                    "locations": _at(
                        "file:///C:/agent/_work/1/s/web/main.js",
                        {"startLine": 2, "startColumn": 12, "endColumn": 16, "snippet": {"text": "eval"}},
                        index=0,
                    ),
                    "ruleId": "no-eval",
                    "ruleIndex": 0,
                }
            ],
            "invocations": [
                {
                    "toolConfigurationNotifications": [
                        {
                            "descriptor": {"id": "ESL0999"},
                            "level": "error",
                            "message": {"text": "Parsing error: Unexpected token <"},
                            "locations": _at("file:///C:/agent/_work/1/s/web/odd.js", {"startLine": 1}, index=0),
                        }
                    ],
                    "executionSuccessful": False,
                }
            ],
            "columnKind": "utf16CodeUnits",
        }
    )


def kics() -> Json:
    """Categories as a taxonomy that is no CWE, and the CWE beside it, both by index and guid."""
    return _log(
        {
            "tool": {
                "driver": {
                    "name": "KICS",
                    "fullName": "Keeping Infrastructure as Code Secure",
                    "version": "1.7.13",
                    "rules": [
                        {
                            "id": "fd54f200-402c-4333-a5a4-36ef6709af2f",
                            "name": "Missing User Instruction",
                            "shortDescription": {"text": "Missing User Instruction"},
                            "fullDescription": {"text": "A user should be specified in the dockerfile"},
                            "defaultConfiguration": {"level": "error"},
                            "helpUri": "https://docs.docker.com/engine/reference/builder/#user",
                            "relationships": [
                                {
                                    "target": {
                                        "id": "CAT006",
                                        "index": 6,
                                        "toolComponent": {"name": "Categories", "guid": "58cdcc6f-1", "index": 0},
                                    }
                                },
                                {
                                    "target": {
                                        "id": "250",
                                        "toolComponent": {"name": "CWE", "guid": "1489b0c4-1", "index": 1},
                                    }
                                },
                            ],
                        }
                    ],
                }
            },
            "results": [
                {
                    "ruleId": "fd54f200-402c-4333-a5a4-36ef6709af2f",
                    "ruleIndex": 0,
                    "kind": "fail",
                    "message": {
                        "text": "The 'Dockerfile' does not contain any 'USER' instruction",
                        "properties": {"platform": "Dockerfile"},
                    },
                    "locations": _at("Dockerfile", {"startLine": 1, "endLine": 1}),
                }
            ],
            "taxonomies": [
                {"guid": "58cdcc6f-1", "name": "Categories", "taxa": [{"id": "CAT006"}]},
                {"guid": "1489b0c4-1", "name": "CWE", "taxa": [{"id": "250"}]},
            ],
        }
    )


def checkov() -> Json:
    """A whole block as region and snippet, suppressions with a reason, empty help."""
    title = "S3 Bucket has an ACL defined which allows public READ access."
    block = "resource {\n  open = true\n}\n"
    return _log(
        {
            "tool": {
                "driver": {
                    "name": "Checkov",
                    "version": "3.2.0",
                    "informationUri": "https://checkov.io",
                    "rules": [
                        {
                            "id": "CKV_AWS_20",
                            "name": title,
                            "shortDescription": {
                                "text": "S3 Bucket has an ACL defined which allows public READ access."
                            },
                            "fullDescription": {
                                "text": "S3 Bucket has an ACL defined which allows public READ access."
                            },
                            "help": {"text": ""},
                            "defaultConfiguration": {"level": "error"},
                        }
                    ],
                }
            },
            "results": [
                {
                    "ruleId": "CKV_AWS_20",
                    "ruleIndex": 0,
                    "level": "error",
                    "attachments": [],
                    "message": {"text": title},
                    "locations": _at("main.tf", {"startLine": 1, "endLine": 3, "snippet": {"text": block}}),
                    "suppressions": [{"kind": "external", "justification": "Public on purpose"}],
                }
            ],
        }
    )


def osv_scanner() -> Json:
    """A lock file with a group of advisories that mean the same."""
    events = [{"introduced": "0"}, {"fixed": "2.2.5"}]
    record = {
        "schema_version": "1.6.0",
        "id": "GHSA-m2qf-hxjv-5gpq",
        "aliases": ["CVE-2023-30861", "PYSEC-2023-62"],
        "summary": "Flask may cache a session cookie",
        "details": "A response may be cached by a proxy.",
        "affected": [
            {"package": {"name": "flask", "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
        ],
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
        "database_specific": {"severity": "HIGH", "cwe_ids": ["CWE-539"]},
    }
    group = {"ids": ["GHSA-m2qf-hxjv-5gpq"], "aliases": ["CVE-2023-30861"], "max_severity": "7.5"}
    package = {"name": "flask", "version": "1.1.1", "ecosystem": "PyPI"}
    packages = [{"package": package, "vulnerabilities": [record], "groups": [group]}]
    source = {"path": "/src/requirements.txt", "type": "lockfile"}
    return {"results": [{"source": source, "packages": packages}], "experimental_config": {}}
