"""The night: what it makes of the day. Each verb makes things right as of a moment, so late or twice does no harm."""
