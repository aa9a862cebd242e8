"""What pyproject.toml cannot say: a wheel carries the notebooks, params and pictures that ``hanyang init`` lays out."""

from pathlib import Path
from shutil import copyfile

from setuptools import setup
from setuptools.command.build_py import build_py

CARRIED = ("notebooks/[!.]*.ipynb", "params/**/*.yaml", "params/schema.json", "figures/*.png")


class BuildPy(build_py):
    """Builds the package, and puts what it carries into ``hanyang_data/working``."""

    def run(self) -> None:
        """Copy everything; an editable install has it in the checkout."""
        super().run()
        if self.editable_mode:
            return
        for file in (file for pattern in CARRIED for file in Path().glob(pattern)):
            place = Path(self.build_lib, "hanyang_data", "working", file)
            place.parent.mkdir(parents=True, exist_ok=True)
            copyfile(file, place)


setup(cmdclass={"build_py": BuildPy})
