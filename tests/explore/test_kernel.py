"""The kernel of a visitor: an ordinary one, but for a list that only a debugger reads."""

import subprocess
import sys

MADE = """
import sys
sys.modules["debugpy"] = None  # as in the process that kernels are forked from
from ipykernel import ipkernel
from hanyang_data.explore.kernel import VisitorsKernel
kernel = VisitorsKernel()
# the first ipykernel that we take has no such list
listed = getattr(kernel, "_kernel_modules", [])
print(listed, ipkernel.sys is sys, kernel.shell.run_cell("x = 1 + 1").success, kernel.shell.user_ns["x"])
"""


def test_it_touches_no_module_while_it_is_made_and_the_module_sys_is_itself_again():
    done = subprocess.run([sys.executable, "-c", MADE], capture_output=True, text=True, timeout=60)
    assert (done.stdout.splitlines()[-1], done.returncode) == ("[] True True 2", 0), done.stderr
