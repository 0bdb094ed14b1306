"""Reports: what a studio's rows say about how it is used, counted for a span of time. Each figure has one definition.

Source: flexible-class-reservations, "Metrics to Track".
"""
