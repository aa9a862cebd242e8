"""papermill's own tests of execution, with the shell engine in the place of its kernel engine.

Each notebook runs in a forked child, as in a batch. What does not apply is named with the reason.
"""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PLUGIN = """
import os, pickle
from papermill.engines import NBClientEngine, papermill_engines
import hanyang_data.batch.engine
from hanyang_data.batch.shell import ShellEngine


class Forked(ShellEngine):
    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **options):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                super().execute_managed_notebook(nb_man, kernel_name, **options)
                left = nb_man.nb
            except BaseException as error:
                left = error
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(left, pipe)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            left = pickle.load(pipe)
        os.waitpid(child, 0)
        if isinstance(left, BaseException):
            raise left
        nb_man.nb.update(left)


papermill_engines.register(None, Forked)
papermill_engines.register("nbclient", Forked)
"""
NOT_APPLICABLE = {
    "test_default_start_timeout": "how long a kernel may take to start is told to the client of the kernel, and there is none",
    "test_start_timeout": "the same",
    "TestBrokenNotebook2": "imports a name that IPython 9 no longer has, and fails with papermill's own engine too",
}


def test_papermills_own_tests_of_execution_pass(tmp_path):
    (tmp_path / "shell_engine_plugin.py").write_text(PLUGIN)
    skip = " and ".join(f"not {name}" for name in NOT_APPLICABLE)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "shell_engine_plugin", "-p", "no:cacheprovider", "-p", "no:xdist",
               "--rootdir", str(tmp_path), "-k", skip, "--pyargs", "papermill.tests.test_execute"]  # fmt: skip
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert int(done.stdout.split(" passed")[0].split()[-1]) >= 20
