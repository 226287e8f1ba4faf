"""The standard tests of Airbyte's CDK, run against the built image. In Python because they are.

pytest -p airbyte_cdk.test.standard_tests.pytest_hooks --connector-image IMAGE --read-from-streams=all this_file
"""

import json
import tempfile
from pathlib import Path

import pytest
from airbyte_cdk.test import entrypoint_wrapper
from airbyte_cdk.test.standard_tests import SourceTestSuiteBase
from airbyte_cdk.test.standard_tests._spec_compatibility import compare_specs
from airbyte_cdk.test.standard_tests.docker_base import _run_spec_in_image
from airbyte_cdk.utils.docker import run_docker_airbyte_command

RELEASED = Path(__file__).parent.parent / "released" / "spec.json"


class Image:
    """Stands where the suite wants a connector object; the work is done by in_image."""

    def spec(self, logger):
        raise NotImplementedError


def in_image(image):
    """Does what entrypoint_wrapper._run_command does, in a container instead of in this process."""

    def run(source, args, expecting_exception=None, *, expected_outcome=None):
        files = Path(tempfile.gettempdir()) / "airbyte-test"
        files.mkdir(exist_ok=True)
        mount = ["-v", f"{files}:{files}:ro"]
        return run_docker_airbyte_command(["docker", "run", "--rm", *mount, image, *args])

    return run


class TestImage(SourceTestSuiteBase):
    """Both halves of the suite: the tests of images, and those that would run a Python connector in-process."""

    @pytest.fixture(autouse=True)
    def use_the_image(self, monkeypatch, connector_image_override):
        monkeypatch.setattr(entrypoint_wrapper, "_run_command", in_image(connector_image_override))

    @classmethod
    def create_connector(cls, scenario):
        return Image()

    def test_docker_image_spec_backward_compatibility(
        self, connector_image_override, connector_base_image_override
    ):
        """Compares with the snapshot of the last release, instead of with Airbyte's registry, which has none."""
        current = _run_spec_in_image(connector_image_override, "oss")
        comparison = compare_specs(json.loads(RELEASED.read_text()), current)
        assert comparison.is_backward_compatible, comparison.breaking
