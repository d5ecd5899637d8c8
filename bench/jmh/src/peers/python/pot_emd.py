"""Times the network simplex of POT (C++, called as ot.lp.emd_wrap.emd_c).

Arguments: a file of doubles (little endian: the ground cost, then pairs of histograms), the number of cells, the number
of pairs.
For every line on standard input it solves all pairs once, without their empty cells, and prints microseconds of
thread CPU time a pair, microseconds of a call for one cell against one cell, and the sum of the distances.
"""
import sys
import time

import numpy as np
from ot.lp.emd_wrap import emd_c

LIMIT = 1_000_000


def prepare(cost, x, y):
    rows, columns = np.nonzero(x)[0], np.nonzero(y)[0]
    return x[rows] / x.sum(), y[columns] / y.sum(), np.ascontiguousarray(cost[np.ix_(rows, columns)])


def timed(problems):
    start = time.thread_time_ns()
    for a, b, cost in problems:
        emd_c(a, b, cost, LIMIT, 1)
    return (time.thread_time_ns() - start) / 1e3 / len(problems)


def main():
    file, cells, pairs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    numbers = np.fromfile(file, dtype="<f8")
    cost = numbers[: cells * cells].reshape(cells, cells)
    histograms = numbers[cells * cells :].reshape(pairs, 2, cells)
    problems = [prepare(cost, x, y) for x, y in histograms]
    trivial = [(np.ones(1), np.ones(1), np.zeros((1, 1)))] * pairs
    total = sum(float((emd_c(a, b, c, LIMIT, 1)[0] * c).sum()) for a, b, c in problems)
    for _ in sys.stdin:
        print(timed(problems), timed(trivial), total, flush=True)


main()
