"""Logistic regression on features with an L2 penalty, fitted by L-BFGS, for finetuning.py. Needs SciPy."""
import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

PENALTIES = [10 ** (exponent / 2) for exponent in range(4, -9, -1)]  # strongest first
FOLDS = 5


class Regression:
    """Mean cross-entropy plus half the penalty times |W|². Features are centered and divided by one number: validation
    prefers that to a scale for each of them."""

    def __init__(self, x, y, classes):
        self.mean, self.scale = x.mean(0), x.std(0).mean()
        self.x, self.truth = self.scaled(x), np.eye(classes)[y]

    def scaled(self, x):
        return np.hstack([(x - self.mean) / self.scale, np.ones((len(x), 1))])  # the last column is for the bias

    def objective(self, flat, penalty):
        w = flat.reshape(self.x.shape[1], -1)
        log_p = log_softmax(self.x @ w, axis=1)
        decayed = penalty * w
        decayed[-1] = 0
        value = -(self.truth * log_p).sum() / len(self.x) + 0.5 * (decayed * w).sum()
        return value, (self.x.T @ (np.exp(log_p) - self.truth) / len(self.x) + decayed).ravel()

    def path(self, penalties):
        """Yields each penalty, strongest first, with its weights; each fit starts from the one before."""
        flat = np.zeros(self.x.shape[1] * self.truth.shape[1])
        for penalty in penalties:
            options = {"maxiter": 500}
            flat = minimize(self.objective, flat, (penalty,), "L-BFGS-B", jac=True, options=options).x
            yield penalty, flat.reshape(self.x.shape[1], -1)

    def score(self, w, x, y):
        """Correct predictions, and minus the cross-entropy to decide between equal ones."""
        log_p = log_softmax(self.scaled(x) @ w, axis=1)
        return np.array([(log_p.argmax(1) == y).sum(), log_p[np.arange(len(y)), y].mean()])


def penalty_by_folds(x, y, classes):
    """The penalty with the lowest cross-entropy on held-out folds, since accuracies of so few images are often equal.
    Images of one class follow each other in random order, so every fifth of them is a stratified fold."""
    likelihoods = np.zeros(len(PENALTIES))
    for fold in range(FOLDS):
        held = np.arange(len(y)) % FOLDS == fold
        regression = Regression(x[~held], y[~held], classes)
        fits = regression.path(PENALTIES)
        likelihoods += [regression.score(w, x[held], y[held])[1] for _, w in fits]
    return PENALTIES[likelihoods.argmax()]
