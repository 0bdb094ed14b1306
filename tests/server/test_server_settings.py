"""Settings come from the environment alone; the secret key is made once and kept to its owner."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import Invalid
from core.letters import Channel
from server.services.door.vault import CodeVault
from server.settings import KEY_FILE, Settings
from server.terminal.watching import letter_sender
from tests.server.studio import SIX_PM


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
    [("TESSERA_PORT", "eighty"), ("TESSERA_PORT", "0"), ("TESSERA_PORT", "65536"), ("TESSERA_SECRET_KEY", "short")]
    + [("TESSERA_PROXIES", "*"), ("TESSERA_PROXIES", "127.0.0.1 10.0.0.0/8")]
    + [("TESSERA_ARCHIVE_AFTER_DAYS", days) for days in ("119", "a year", "-400", "36501", "٤٠٠")],
)
def test_what_cannot_be_understood_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        Settings.from_environment({"TESSERA_DATA": str(tmp_path), name: value})
    assert refused.value.values["name"] == name


def test_old_attempts_lie_beside_the_database_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    environment = {"TESSERA_DATA": str(tmp_path)}
    settings = Settings.from_environment(environment)
    assert (settings.archive, settings.archive_after) == (tmp_path / "archive", timedelta(days=400))
    environment |= {"TESSERA_ARCHIVE": "/srv/old", "TESSERA_ARCHIVE_AFTER_DAYS": "120"}
    settings = Settings.from_environment(environment)
    assert (settings.archive, settings.archive_after) == (Path("/srv/old"), timedelta(days=120))
    assert Settings.from_environment(environment | {"TESSERA_ARCHIVE_AFTER_DAYS": "never"}).archive_after is None


def test_the_ways_of_letters_are_those_that_are_set_up(tmp_path: Path) -> None:
    environment = {"TESSERA_DATA": str(tmp_path), "TESSERA_PORT": "8090"}
    bare = Settings.from_environment(environment)
    assert (bare.ways, bare.public_url) == (frozenset(), "http://127.0.0.1:8090")
    environment |= {
        "TESSERA_PUBLIC_URL": "https://kiln.example.org/",
        "TESSERA_SMTP_URL": "smtp+starttls://studio:a-password@mail.example.org",
        "TESSERA_MAIL_FROM": "studio@kiln.example.org",
        "TESSERA_SMS_URL": "json://sms.example.org/{to}",
    }
    settings = Settings.from_environment(environment)
    assert settings.ways == frozenset(Channel)
    assert settings.public_url == "https://kiln.example.org"
    assert "a-password" not in repr(settings)
    sender = letter_sender(settings, CodeVault(settings.secret_key), lambda: SIX_PM)
    assert sender.mail is not None and sender.mail.sender == sender.house.sender == "studio@kiln.example.org"
    assert sender.text is not None


@pytest.mark.parametrize("address", ["kiln.example.org", "ftp://kiln", "https://kiln.example.org/ or so"])
def test_an_address_for_members_is_one_that_browsers_open(tmp_path: Path, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        Settings.from_environment({"TESSERA_DATA": str(tmp_path), "TESSERA_PUBLIC_URL": address})
    assert refused.value.values["name"] == "TESSERA_PUBLIC_URL"
