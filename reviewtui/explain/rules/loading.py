"""Explanations of the rules on data and models that run code when they are loaded."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B301",
        name="pickle",
        title="Pickle data is loaded",
        means=(
            "A pickle is a program: loading it calls the functions that its author chose, before any type can be "
            "checked. dill, shelve, jsonpickle and `pandas.read_pickle` are the same thing."
        ),
        real=(
            "Somebody else can write the bytes: a cookie, an upload, a queue, a cache that services share, a file in "
            "a folder with wide rights. A signature is as good as its key is secret."
        ),
        false_alarm=(
            "Files that this program alone writes, and data whose HMAC was checked before. Exact calls are matched: "
            "`joblib.load`, `cloudpickle.loads`, `numpy.load(allow_pickle=True)` and subclasses of `Unpickler` go "
            "unseen."
        ),
        look=(
            "Who can write where the bytes come from? Django: `PickleSerializer` in `SESSION_SERIALIZER`, caches, "
            "pickled fields. Flask: server-side sessions, Flask-Caching. Celery: pickle in `accept_content`. "
            "FastAPI: models that are loaded from a bucket at start."
        ),
        items=("INP-14",),
        cwe=(502,),
        example=("import pickle\npickle.loads(request.data)"),
    ),
    Explanation(
        rule="B302",
        name="marshal",
        title="marshal data is loaded",
        means=(
            "The format of .pyc files. Loading runs nothing, but a crafted input can crash the interpreter, and the "
            "code objects that come out are mostly run next."
        ),
        real=(
            "Bytes from a network, an upload or a shared cache; or `exec(marshal.loads(...))`, by which malware in "
            "packages hides."
        ),
        false_alarm="Build tools and import hooks that read what they have compiled themselves.",
        look=(
            "Above: where the bytes come from (base64, zlib and a URL are bad signs). Below: `exec`, `FunctionType`, "
            "`CodeType`. In a dependency that has no business with it, treat it as an incident."
        ),
        items=("INP-14",),
        cwe=(502,),
        example=("import marshal\nexec(marshal.loads(blob))"),
    ),
    Explanation(
        rule="B403",
        name="import_pickle",
        title="A pickle module is imported",
        means="Marks a file that may read or write pickles. Writing harms nobody; reading is B301.",
        real=(
            "A loader that is reached under another name, `self.serializer.loads` with `serializer = pickle`, leaves "
            "no other trace than this."
        ),
        false_alarm=(
            "Files with `dumps` or `PickleError` only. By prefix, `pickletools` and your own `from .pickle import …` "
            "are reported as well."
        ),
        look=(
            "Where the module travels as a value: arguments `serializer=`, `loads=`, `pickle_module=`, attributes of "
            "classes. Redis wrappers, caches and task queues take it that way."
        ),
        items=("INP-14",),
        cwe=(502,),
        example="import pickle",
    ),
    Explanation(
        rule="B506",
        name="yaml_load",
        title="yaml.load with a loader that builds objects",
        means=(
            "`Loader`, `UnsafeLoader` and, in old versions, `FullLoader` turn tags such as `!!python/object/apply` "
            "into calls. The document decides what is run."
        ),
        real=(
            "The YAML is uploaded, posted or fetched. PyYAML before 5.1 is unsafe without a loader; before 5.4 "
            "`FullLoader` can be broken (CVE-2020-14343)."
        ),
        false_alarm=(
            "`BaseLoader` makes strings only and is reported; so is a `SafeLoader` under another name, or a subclass "
            "of it. Files that come with the program are its author's own."
        ),
        look=(
            "The second argument, the version in the lock file, who writes the document. Not seen: `unsafe_load`, "
            "`full_load`, `load_all`, anything after `from yaml import load`. Read constructors that are added to a "
            "safe loader: they are code reached from data."
        ),
        items=("INP-14",),
        cwe=(502,),
        example=("import yaml\nyaml.load(request.data, Loader=yaml.Loader)"),
    ),
    Explanation(
        rule="B614",
        name="pytorch_load",
        title="torch.load unpickles a model",
        means=(
            "A checkpoint is an archive with a pickle in it: loading runs what its author put there, unless "
            "`weights_only` restricts it to tensors."
        ),
        real=(
            "The file comes from a hub, a user or a bucket that others write, and `weights_only` is False or PyTorch "
            "is older than 2.6, where True became the default. Before 2.6 even True can be got round "
            "(CVE-2025-32434)."
        ),
        false_alarm=(
            "PyTorch 2.6 or later without the keyword; checkpoints that the same job wrote. After `from torch import "
            "load` there is no report."
        ),
        look=(
            "The version in the lock file, the keyword, `pickle_module=`, the origin of the path. In services built "
            "with FastAPI or Flask: does a request choose the model? Ask for safetensors."
        ),
        items=("INP-14",),
        cwe=(502,),
        example=("import torch\ntorch.load(path, weights_only=False)"),
    ),
    Explanation(
        rule="B615",
        name="huggingface_unsafe_download",
        title="A model is downloaded without a fixed revision",
        means=(
            "The Hub serves what the branch holds at the moment. Who gets hold of the account, or takes over a name "
            "that was given up, changes what your service loads tomorrow."
        ),
        real=(
            "Weights as pickle (`.bin`, `.pt`), `trust_remote_code=True`, which runs Python from there, or a start "
            "that downloads anew each time."
        ),
        false_alarm=(
            "A path that begins with `/` or `./` is local and accepted, and so is any variable as `revision`, "
            "unseen. Tags and branches are reported, rightly, since they move. Models in the image, with a checked "
            "hash, are fine."
        ),
        look=(
            "`revision=` with a commit id, `trust_remote_code`, `use_safetensors`; does a request choose the name? "
            "See Dockerfiles, FastAPI's `lifespan` and Django's `AppConfig.ready`."
        ),
        items=("INP-14",),
        cwe=(494, 829),
        example=('from transformers import AutoModel\nAutoModel.from_pretrained("someone/model")'),
    ),
)
