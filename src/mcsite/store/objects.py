"""Objects in storage that speaks S3, below one prefix of one bucket.

The one door to s3fs (fsspec), which is an extra: `mcsite[s3]`. Address, region and keys of the
storage are found where every program for S3 finds them: in the environment and in ~/.aws. None of
them is an argument, is kept, or is sent anywhere.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from s3fs import S3FileSystem

from mcsite.errors import MachineError, UsageError

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PART = re.compile(r"[A-Za-z0-9!_.*'()-]+")  # what S3 calls safe in a key
_AT_ONCE = 1000  # objects that one request can remove
_UNMET = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
_UNKNOWN = {"NotImplemented", "501"}


@dataclass(frozen=True, slots=True)
class Object:
    """One object, and how it is served."""

    name: str
    data: bytes
    headers: Mapping[str, str]  # as S3 names them: ContentType, CacheControl


@dataclass(frozen=True, slots=True)
class Held:
    """What an object is now: its version, and how many seconds it has been so by the storage's own
    clock.
    """

    etag: str
    age: float


class Unconditional(Exception):
    """The storage knows no conditional writes."""


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """The objects of `bucket` whose keys begin with `prefix`, which ends with "/" or is empty."""

    bucket: str
    prefix: str

    @property
    def url(self) -> str:
        """How the place is written."""
        return f"s3://{self.bucket}/{self.prefix}"

    def some(self, most: int) -> list[str]:
        """Return the names of some objects."""
        with self._asked():
            told = self._call("list_objects_v2", Prefix=self.prefix, MaxKeys=most)
        return [one["Key"].removeprefix(self.prefix) for one in told.get("Contents", ())]

    def named(self, beginning: str) -> list[str]:
        """Return the names that begin like this, of a thousand objects at most."""
        with self._asked():
            told = self._call("list_objects_v2", Prefix=self.prefix + beginning)
        return [one["Key"].removeprefix(self.prefix) for one in told.get("Contents", ())]

    def beginning(self, name: str, length: int) -> bytes | None:
        """Return the first bytes of an object, None where there is none."""
        with self._asked():
            try:
                data: bytes = _system().cat_file(self._path(name), start=0, end=length)
            except FileNotFoundError:
                return None
        return data

    def fetch(self, name: str, file: Path) -> bool:
        """Write what an object holds into a file; False where there is none."""
        with self._asked():
            try:
                _system().get_file(self._path(name), str(file))
            except FileNotFoundError:
                file.unlink(missing_ok=True)
                return False
        return True

    def put(self, objects: Sequence[Object]) -> None:
        """Write objects, many at a time. Each is the old one or the new one."""
        groups: dict[tuple[tuple[str, str], ...], dict[str, bytes]] = defaultdict(dict)
        for one in objects:
            groups[tuple(one.headers.items())][self._path(one.name)] = one.data
        with self._asked():
            for headers, files in groups.items():
                _system().pipe(files, **dict(headers))

    def put_file(self, name: str, file: Path, headers: Mapping[str, str]) -> None:
        """Write one object from a file of any size."""
        with self._asked():
            _system().put_file(str(file), self._path(name), **headers)

    def remove(self, names: Iterator[str]) -> None:
        """Remove objects; those that aren't there too."""
        while some := list(islice(names, _AT_ONCE)):
            keys = [{"Key": self.prefix + name} for name in some]
            with self._asked():
                told = self._call("delete_objects", Delete={"Objects": keys, "Quiet": True})
            for fault in told.get("Errors", ()):
                raise MachineError(f"{fault['Key']} could not be removed: {fault.get('Message')}")

    def state(self, name: str) -> Held | None:
        """Return what an object is now, None where there is none."""
        with self._asked():
            try:
                told = self._call("head_object", Key=self.prefix + name)
            except FileNotFoundError:
                return None
        changed: dt.datetime = told["LastModified"]
        now = parsedate_to_datetime(told["ResponseMetadata"]["HTTPHeaders"]["date"])
        return Held(told["ETag"], (now - changed).total_seconds())

    def replace(self, name: str, data: bytes, etag: str | None) -> str | None:
        """Write an object if it is still the version `etag`, or with None if there is none; return
        its version, None where it is another. Raises Unconditional.
        """
        condition = {"IfNoneMatch": "*"} if etag is None else {"IfMatch": etag}
        with self._asked():
            try:
                told = self._call("put_object", Key=self.prefix + name, Body=data, **condition)
            except OSError as error:
                if _code(error) in _UNKNOWN:
                    raise Unconditional from error
                if _code(error) in _UNMET or (etag and isinstance(error, FileNotFoundError)):
                    return None
                raise
        return str(told["ETag"])

    def _path(self, name: str) -> str:
        return f"{self.bucket}/{self.prefix}{name}"

    def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        told: dict[str, Any] = _system().call_s3(method, Bucket=self.bucket, **arguments)
        return told

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Tell what the storage answers as what it is."""
        try:
            yield
        except NoCredentialsError as error:
            raise MachineError(
                f"{self.url}: there are no keys for the storage",
                hint="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
            ) from error
        except (OSError, BotoCoreError, ClientError) as error:
            raise MachineError(f"{self.url}: the storage says: {error}") from error


def store_at(url: str) -> ObjectStore:
    """Return the place that an s3:// address names, or UsageError."""
    bucket, _, path = url.removeprefix("s3://").partition("/")
    parts = path.rstrip("/").split("/") if path.rstrip("/") else []
    good = all(_PART.fullmatch(part) and part.strip(".") for part in parts)
    if not url.startswith("s3://") or not _BUCKET.fullmatch(bucket) or not good:
        raise UsageError(
            f"{url!r} isn't a place in S3 storage",
            hint="s3://, a bucket, and where needed a path: s3://micro-site/catalogue",
        )
    return ObjectStore(bucket, "".join(f"{part}/" for part in parts))


def _system() -> S3FileSystem:
    """Return the connection of this thread; the library keeps one."""
    return S3FileSystem(use_listings_cache=False)


def _code(error: OSError) -> str:
    """Return the storage's own name of a fault."""
    response = getattr(error.__cause__, "response", None)
    return str(response["Error"].get("Code", "")) if isinstance(response, dict) else ""
