"""A built issue -> its readers, a message each, once each.

    letter, recipients, record ─► intent (due, done, unknown, refused, unplanned) ─► send: sending ─► server ─► sent | failed | unknown

Every step of every mail is in the record beside the issue before the next is taken (digest.edges.ledger).
"""

from digest.delivery.intent import Intent, Mail
from digest.delivery.issues import Delivery, account_of, check_sendable, deliver_issue, intended, plan_issue

__all__ = ["Delivery", "Intent", "Mail", "account_of", "check_sendable", "deliver_issue", "intended", "plan_issue"]
