"""Who runs the server, and where that user may go.

PostgreSQL refuses to run as root. Root runs it as the owner of existing data, else as the system user
`infopunt-db`, made for this so that no other service can read the data. Where no user can be made it is
`postgres`, which already guards databases, and in the last resort `nobody`.

Where that user may not go (a checkout under a 0700 /root), data and programs live in /var/lib/infopunt.
The rights on other people's folders are never widened.
"""

import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.utils import OperationalError

SYSTEM_HOME = Path("/var/lib/infopunt")
SYSTEM_USER = "infopunt-db"


class ClusterError(OperationalError):
    """The server cannot run; the message says in Dutch what to do about it."""


def account_of(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError as error:
        message = (
            f"Gebruiker {uid} heeft geen naam op deze computer, en PostgreSQL vraagt die. Geef de gebruiker"
        )
        raise ClusterError(f"{message} een naam, of stel DATABASE_URL in.") from error


def as_account(account: pwd.struct_passwd) -> dict[str, Any]:
    """Arguments for subprocess.run to become this user, if we are not already."""
    if os.geteuid() == account.pw_uid:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def may_reach(account: pwd.struct_passwd, *paths: Path) -> bool:
    """Ask the kernel, in the user's own shoes: mode bits alone do not tell (think of ACLs)."""
    become = as_account(account)
    if not become:
        return True
    test = 'for path; do test -r "$path" -a -x "$path" || exit 1; done'
    command = ["/bin/sh", "-c", test, "sh", *map(str, paths)]
    return subprocess.run(command, check=False, cwd="/", **become).returncode == 0  # noqa: S603


def system_account() -> pwd.struct_passwd:
    """The user root hands the server to."""
    useradd = shutil.which("useradd", path=f"{os.defpath}:/usr/sbin:/sbin")
    if useradd and not _find_account(SYSTEM_USER):
        command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", SYSTEM_USER]
        made = subprocess.run(command, check=False, capture_output=True)  # noqa: S603
        if made.returncode == 0:
            sys.stderr.write(f"PostgreSQL draait niet als root: de gebruiker {SYSTEM_USER} is gemaakt.\n")
    for name in (SYSTEM_USER, "postgres", "nobody"):
        if account := _find_account(name):
            return account
    raise ClusterError("PostgreSQL kan niet als root draaien. Maak eerst een gewone gebruiker.")


def _find_account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def public_folder(path: Path) -> None:
    """Make a folder and those above it, passable for all whatever root's umask says; what exists stays as it is."""
    if path.exists():
        return
    public_folder(path.parent)
    try:
        path.mkdir(exist_ok=True)
    except PermissionError as error:
        raise ClusterError(f"Je mag {path} niet maken. Kies een andere map met INFOPUNT_VAR.") from error
    if os.geteuid() == 0:
        path.chmod(0o755)


def private_folder(path: Path, account: pwd.struct_passwd) -> None:
    """Make a folder for one user, or make sure that the one that is there is theirs alone."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except PermissionError as error:
        message = f"Je mag niet schrijven in {path.parent}. Kies een andere map met INFOPUNT_VAR."
        raise ClusterError(message) from error
    found = path.lstat()
    if os.geteuid() == 0 and found.st_uid == 0:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
        found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid or found.st_mode & 0o077:
        raise ClusterError(
            f"De map {path} moet van gebruiker {account.pw_name} zijn en van niemand anders (rechten 700). "
            "Start Infopunt als de gebruiker van wie de map is, of kies een andere map met INFOPUNT_VAR."
        )


def copy_programs(source: Path, installation: str) -> Path:
    """Copy the programs of the wheel to where every user can run them, once per version.

    The libraries of the wheel keep their place beside them: the programs look for them there.
    """
    target = SYSTEM_HOME / f"{source.name}-{version(source.name)}"
    if not target.exists():
        public_folder(SYSTEM_HOME)
        fresh = SYSTEM_HOME / f"copy-{secrets.token_hex(4)}"
        unused = shutil.ignore_patterns("*.a", "include")
        shutil.copytree(source / installation, fresh / source.name / installation, ignore=unused)
        for libraries in (source / ".dylibs", source.with_name(f"{source.name}.libs")):
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.relative_to(source.parent))
        for path in (fresh, *fresh.rglob("*")):
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        try:
            fresh.rename(target)
        except OSError:  # another process was first
            shutil.rmtree(fresh)
    return target / source.name / installation
