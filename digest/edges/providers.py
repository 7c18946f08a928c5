"""The mail servers of providers that newsrooms use, and what each calls the password that a program has to give."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Security = Literal["tls", "starttls", "none"]
"""TLS from the first byte (RFC 8314), TLS begun by STARTTLS and required (RFC 3207), or none."""

PORTS: Mapping[Security, int] = {"tls": 465, "starttls": 587, "none": 25}
"""Where such a server listens unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's server for outgoing mail; it listens for TLS from the first byte at port 465."""

    host: str
    hint: str
    """Where the password for programs comes from."""


_CODE = "its password is the 授权码 (authorisation code), not that of the web site: {}"

PROVIDERS: Mapping[str, Provider] = {
    "qq": Provider("smtp.qq.com", _CODE.format("设置 > 账号 > 开启 SMTP 服务 > 生成授权码")),
    "exmail": Provider(
        "smtp.exmail.qq.com", "腾讯企业邮: its password is the 客户端专用密码 (设置 > 微信绑定 > 安全登录)"
    ),
    "163": Provider("smtp.163.com", _CODE.format("设置 > POP3/SMTP/IMAP > 新增授权密码")),
    "126": Provider("smtp.126.com", _CODE.format("设置 > POP3/SMTP/IMAP > 新增授权密码")),
    "sina": Provider("smtp.sina.com", _CODE.format("设置 > 客户端 pop/imap/smtp > 授权码")),
    "aliyun": Provider("smtp.aliyun.com", "阿里云邮箱: switch SMTP on in its settings; some accounts need a 授权码"),
    "qiye.aliyun": Provider(
        "smtp.qiye.aliyun.com", "阿里企业邮箱: its password is the 三方客户端安全密码 where that is on"
    ),
}
"""By the name that `mail.provider` takes."""
