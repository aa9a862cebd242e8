"""The three analyses as pure functions on plain series: trend, gap, shortfall."""
