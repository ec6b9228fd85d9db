"""Writes core/src/test/resources/golden/stats.json, the golden values for dev.discern.stats.

Made with Python 3.11.2, numpy 1.24.2, SciPy 1.10.1 (Debian 12). From the repository's root:

    /usr/bin/python3 tools/golden/stats.py

Neither the build nor the tests need any of them. The t-interval, the paired t-test, the power from the
noncentral t-distribution, and the binomial test are SciPy's. So is the signed-rank test if no two
sizes tie: its exact distribution up to 500 differences, and the normal approximation with continuity
correction above that. SciPy 1.10 has no exact values with ties; those are counted over all 2^n signs.
Holm's adjustment is computed from its definition. Powers are computed again by numerical
integration, and the two must agree.
"""

import itertools
import json
import pathlib
import sys
from fractions import Fraction

import numpy as np
import scipy
from scipy import integrate, optimize, stats

TARGET = pathlib.Path("core/src/test/resources/golden/stats.json")
EXACT = 500


def critical(df):
    """t(0.975). SciPy 1.10's quantile has a relative error of 1e-9; its distribution does not."""
    close = stats.t.ppf(0.975, df)
    return optimize.brentq(lambda t: stats.t.sf(t, df) - 0.025, 0.9 * close, 1.1 * close, xtol=1e-14)


def summary(values):
    x = np.array(values)
    mean, margin = x.mean(), critical(len(x) - 1) * stats.sem(x)
    return {"mean": mean, "sd": x.std(ddof=1), "low": mean - margin, "high": mean + margin}


# ---- the signed-rank test; differences of 0 are dropped first, as in SciPy's default


def counted(differences):
    """The two-sided p-value of the rank sum, counted over all sign patterns of the mean ranks."""
    ranks = [Fraction(r) for r in stats.rankdata(np.abs(differences))]
    observed = sum(r for r, d in zip(ranks, differences) if d > 0)
    sums = [
        sum(itertools.compress(ranks, signs))
        for signs in itertools.product((0, 1), repeat=len(ranks))
    ]
    below = sum(s <= observed for s in sums)
    above = sum(s >= observed for s in sums)
    return float(min(Fraction(1), 2 * Fraction(min(below, above), len(sums))))


def signed_rank(differences):
    d = np.array([v for v in differences if v != 0])
    if len(d) > EXACT:
        return stats.wilcoxon(d, method="approx", correction=True).pvalue
    tied = len(set(np.abs(d))) < len(d)
    if not tied:
        return stats.wilcoxon(d, method="exact").pvalue
    return counted(d)


# ---- power


def rejected(n, noncentrality):
    df, t = n - 1, critical(n - 1)
    with np.errstate(all="ignore"):  # flags are raised on the way to correct values
        return stats.nct.sf(t, df, noncentrality) + stats.nct.cdf(-t, df, noncentrality)


def rejected_by_integration(n, noncentrality):
    """From T = (Z + noncentrality) / sqrt(V / df), integrated over the quantiles of V."""
    df, t = n - 1, critical(n - 1)

    def given(u):
        edge = t * np.sqrt(stats.chi2.ppf(u, df) / df)
        return stats.norm.sf(edge - noncentrality) + stats.norm.cdf(-edge - noncentrality)

    return integrate.quad(given, 0, 1, epsabs=1e-11, limit=500)[0]


def power(n, effect):
    noncentrality = effect * np.sqrt(n)
    value = rejected(n, noncentrality)
    again = rejected_by_integration(n, noncentrality)
    if not abs(value - again) < 1e-9:
        sys.exit(f"power of {n} and {effect}: {value!r} or {again!r}")
    return value


def detectable(n):
    effect = optimize.brentq(lambda x: rejected(n, x) - 0.8, 0.5, 20, xtol=1e-13) / np.sqrt(n)
    power(n, effect)
    return effect


# ---- Holm


def holm(p):
    """Holm (1979): the k-th smallest of m, times m - k + 1; nondecreasing, and at most 1."""
    m = len(p)
    rank = {i: k for k, i in enumerate(sorted(range(m), key=lambda i: p[i]))}
    return [
        max(min(1.0, (m - rank[i]) * p[i]) for i in range(m) if rank[i] <= rank[j])
        for j in range(m)
    ]


# ---- the cases


def paired(name, a, b):
    """Differences from integers: a and b are thousandths, so that ties are exact."""
    whole = [int(y) - int(x) for x, y in zip(a, b)]
    d = np.array(whole) / 1000
    case = {"name": name, "a": [int(v) / 1000 for v in a], "b": [int(v) / 1000 for v in b]}
    case.update(summary(d))
    case["tTestP"] = stats.ttest_1samp(d, 0).pvalue
    case["wilcoxonP"] = signed_rank(whole)
    case["effectSize"] = case["mean"] / case["sd"]
    case["detectable"] = detectable(len(d)) * case["sd"]
    return case


def drawn(seed, n, shift, spread):
    random = np.random.RandomState(seed)
    a = random.normal(900, 10, n).round()
    return a, (a + random.normal(shift, spread, n)).round()


def paired_cases():
    yield paired("two", [912, 917], [915, 931])
    yield paired("three", [912, 917, 903], [915, 931, 910])
    yield paired("five, one way", [921, 934, 917, 928, 930], [923, 935, 922, 931, 934])
    yield paired("five, both ways", [921, 934, 917, 928, 930], [915, 935, 924, 929, 934])
    yield paired("ties", [921, 934, 917, 928, 930], [923, 936, 919, 930, 929])
    yield paired("zeros", [921, 934, 917, 928, 930, 925], [921, 939, 919, 928, 931, 921])
    yield paired("ties and zeros", [921, 934, 917, 928, 930, 900], [923, 936, 917, 928, 928, 905])
    yield paired("twelve with ties", *drawn(3, 12, 3, 4))
    a = np.arange(900, 930)
    yield paired("thirty", a, a + np.arange(1, 31) * np.where(np.arange(30) % 3 == 1, -1, 1))
    yield paired("above the exact", *drawn(5, 700, 1, 12))


def main():
    made = {"madeBy": f"tools/golden/stats.py, numpy {np.__version__}, SciPy {scipy.__version__}"}
    lists = [
        [0.5, 1.5],
        [0.912, 0.917, 0.903],
        [1e6 + 0.25, 1e6 - 0.5, 1e6 + 1.0, 1e6],
        [-3.0, 0.0, 2.5, 1e-3, 7.0, 7.0, -1.25],
    ]
    made["summaries"] = [{"values": v, **summary(v)} for v in lists]
    made["paired"] = list(paired_cases())
    made["detectable"] = [
        {"n": n, "effect": detectable(n)} for n in (2, 3, 4, 5, 10, 30, 100, 1000)
    ]
    made["powers"] = [
        {"n": n, "effect": e, "power": power(n, e)}
        for n in (2, 3, 5, 20, 200)
        for e in (0.1, 0.5, 1.0, 2.5)
    ]
    counts = [(0, 0), (0, 1), (1, 1), (5, 0), (3, 12), (12, 3), (40, 41), (150, 210)]
    counts += [(10**6, 10**6 + 3000), (10**9, 10**9 + 10**5)]
    made["mcNemar"] = [
        # SciPy's binomtest rejects n = 0, where nothing contradicts the hypothesis.
        {"first": b, "second": c, "p": stats.binomtest(b, b + c).pvalue if b + c else 1.0}
        for b, c in counts
    ]
    raw = [[], [0.03], [0.01, 0.04, 0.03], [0.01, 0.02, 0.02, 0.9], [0.5, 0.4], [0.04, 0.0, 0.011, 1]]
    made["holm"] = [{"p": p, "adjusted": holm(p)} for p in raw]
    TARGET.write_text(json.dumps(made, indent=1, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
