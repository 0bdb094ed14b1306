"""Webhooks and what they lack, and a night with many suspensions, in English."""

SENTENCES: dict[str, str] = {
    "error.webhook.not_found": "This webhook is not in this studio. Please load the list again.",
    "error.webhook_call.not_found": "This call is not there any more. Please load the list again.",
    "error.webhook.not_https": "A webhook needs an address that begins with https://. Please give it one.",
    "error.webhook.address_not_understood": (
        "This is no address that can be called. Please write it whole, such as https://example.org/hook."
    ),
    "error.webhook.address_is_inside": (
        "{host} is not on the open internet, and the server calls nothing else. Please give an address that is."
    ),
    "error.webhook.no_such_kind": "Nobody is told of {kind}. Please choose kinds from the list of events.",
    "error.webhook.too_many": "There are {most} webhooks already, which is the most. Please delete one first.",
    "error.webhook.paused": "This webhook is paused. Please resume it first.",
    "desk.webhook.trouble.NO_ADDRESS": "The name of its address is not known. Please check the address.",
    "desk.webhook.trouble.INSIDE": (
        "Its name leads to an address inside a network, which is never called. Please give it a public address."
    ),
    "desk.webhook.trouble.NO_CONNECTION": "Nobody answered at its address. Please look whether the receiver runs.",
    "desk.webhook.trouble.NOT_TRUSTED": "Its certificate cannot be trusted. Please renew the certificate.",
    "desk.webhook.trouble.TOO_SLOW": "It took too long to answer. Please let it answer first and work afterwards.",
    "desk.webhook.trouble.NOT_HTTP": "What it answered is no HTTP. Please check the address and its port.",
    "desk.webhook.trouble.REDIRECTED": (
        "It sent the call elsewhere, which is not followed. Please give the address it leads to."
    ),
    "desk.webhook.trouble.REFUSED": "It answered that it did not take the call. Its own log says why.",
    "desk.webhook.trouble.KEY": "Its secret was sealed with another installation’s key. Please give it a new secret.",
    "desk.webhook.paused.FAILING": "For days no call has arrived, so no more are sent. Mend the receiver, then resume.",
    "desk.webhook.paused.GONE": "The receiver says that it wants no more calls. Resume it if that was a mistake.",
    "error.report.span_too_long": "A report covers {most} days at most. Please choose a shorter time.",
    "error.policy.no_such_version": (
        "There is no version {version} of the policy. Please choose one of those that there are."
    ),
    "desk.inbox.kind.suspension-spike": "Many suspensions",
    "desk.inbox.spike": "Suspensions last night: {count}. On other nights: {usual} on average.",
    "desk.inbox.spike.policy": (
        "Version {version} of the policy has counted since {since}. Look whether it does what was meant."
    ),
    "desk.inbox.spike.no_policy": (
        "No policy was changed lately. Look whether kiosks were out of order, or a class was not called off."
    ),
    "desk.inbox.spike.otherwise": "The suspensions stand. Those without ground can be lifted one by one.",
    "desk.inbox.price.off_the_list": "Taken off the list; nothing else changes.",
    "desk.inbox.kind.webhook-paused": "Webhook paused",
    "desk.inbox.webhook": "The webhook to {host} is paused.",
    "desk.inbox.webhook.otherwise": (
        "It is told nothing until somebody resumes it. What is older than three days is not sent any more."
    ),
}
