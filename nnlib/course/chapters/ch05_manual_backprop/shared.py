"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np

SQUARE = np.array([[1.0, 2], [3, 4]])
