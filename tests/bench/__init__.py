"""The benchmarks: what speed was promised, measured in one run (`make bench`). Never part of the tests' verdict."""
