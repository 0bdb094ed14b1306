"""Settings come from the environment alone; the secret key is made once and kept to its owner."""

from pathlib import Path

import pytest

from core.errors import Invalid
from server.settings import KEY_FILE, Settings


def test_without_anything_said_the_data_folder_holds_everything(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TESSERA_DATA": str(tmp_path / "data")})
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'tessera.db'}"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    environment = {"TESSERA_DATA": str(tmp_path)}
    first = Settings.from_environment(environment)
    assert len(first.secret_key) == 32
    assert Settings.from_environment(environment).secret_key == first.secret_key
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_key_that_is_given_is_used_and_none_is_made(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TESSERA_DATA": str(tmp_path), "TESSERA_SECRET_KEY": "ab" * 32})
    assert settings.secret_key == bytes([0xAB]) * 32
    assert list(tmp_path.iterdir()) == []


def test_settings_never_show_their_key(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TESSERA_DATA": str(tmp_path), "TESSERA_SECRET_KEY": "ab" * 32})
    assert "ab" * 4 not in repr(settings)
    assert "xab" not in repr(settings)


@pytest.mark.parametrize(
    "name, value",
    [("TESSERA_PORT", "eighty"), ("TESSERA_PORT", "0"), ("TESSERA_PORT", "65536"), ("TESSERA_SECRET_KEY", "short")],
)
def test_what_cannot_be_understood_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        Settings.from_environment({"TESSERA_DATA": str(tmp_path), name: value})
    assert refused.value.values["name"] == name
