"""What cannot be done with versions of the policy and with features, in English."""

SENTENCES: dict[str, str] = {
    "error.policy.two_rules": "A class type has two rules of its own here. Please send one for each.",
    "error.policy.starts_when": "A version cannot begin on {given}. Please choose a day from {least} to {most}.",
    "error.feature.is_off": "This studio has {feature} switched off. An owner can switch it on.",
}
