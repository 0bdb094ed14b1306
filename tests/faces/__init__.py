"""All faces of the kiosk at once, in all languages: to be looked at (`make faces`) and to be measured (the tests)."""
