"""I-GOS in torch: the loop of the authors' program, with the settings of the preset `small` and without noise.

Path points one at a time, each with its own backward pass, is the authors' order of work; all points of an iteration in
one batch is what suits torch best. A search that fails keeps the mask; like the authors' program, this one goes on then.
"""
from dataclasses import dataclass

import torch
import torch.nn.functional as F

ITERATIONS, POINTS = 15, 20
FIRST_STEP, DECAY, LAST_STEP, ARMIJO = 200.0, 0.2, 1e-5, 1e-4


@dataclass
class Subject:
    """What is explained: images are [1, c, h, w] in the layout that the network likes."""

    network: object
    image: torch.Tensor
    baseline: torch.Tensor
    target: int
    mask_size: tuple
    l1: float
    tv: float

    def score(self, images):
        return F.softmax(self.network(images), dim=1)[:, self.target]

    def masked(self, mask, fraction=1.0):
        """U(m) * I + (1 - U(m)) * B, for the mask scaled to a point of the path."""
        keep = F.interpolate(mask, size=self.image.shape[2:], mode="bilinear", align_corners=True) * fraction
        return self.image * keep + self.baseline * (1 - keep)

    def penalty(self, mask):
        cells = mask[0, 0]
        rows = (cells[:-1] - cells[1:]).square().mean()
        columns = (cells[:, :-1] - cells[:, 1:]).square().mean()
        return self.l1 * (1 - mask).abs().mean() + self.tv * (rows + columns)

    @torch.no_grad()
    def objective(self, mask):
        score = self.score(self.masked(mask))[0]
        return float(score), float(score + self.penalty(mask))


def direction_single(subject, mask):
    total = torch.zeros_like(mask)
    for point in range(1, POINTS + 1):
        variable = mask.clone().requires_grad_(True)
        score = subject.score(subject.masked(variable, point / POINTS)).sum() / POINTS
        total += torch.autograd.grad(score, variable)[0]
    return total


def direction_batched(subject, mask):
    variable = mask.clone().requires_grad_(True)
    fractions = (torch.arange(1, POINTS + 1) / POINTS).view(-1, 1, 1, 1)
    score = subject.score(subject.masked(variable, fractions)).sum() / POINTS
    return torch.autograd.grad(score, variable)[0]


def penalty_gradient(subject, mask):
    variable = mask.clone().requires_grad_(True)
    return torch.autograd.grad(subject.penalty(variable), variable)[0]


def explain(subject, batched):
    """The final mask, and what the run took: gradients and forwards in images."""
    find_direction = direction_batched if batched else direction_single
    mask = torch.ones((1, 1, *subject.mask_size))
    forwards = 0
    first_direction = None
    for _ in range(ITERATIONS):
        score_direction = find_direction(subject, mask)
        first_direction = score_direction if first_direction is None else first_direction
        direction = score_direction + penalty_gradient(subject, mask)
        _, start = subject.objective(mask)
        squares = float(direction.square().sum())
        step, failed = FIRST_STEP, True
        forwards += 1
        while failed:
            candidate = (mask - step * direction).clamp(0, 1)
            _, objective = subject.objective(candidate)
            forwards += 1
            failed = objective > start - ARMIJO * step * squares
            if step < LAST_STEP:
                break
            step *= DECAY
        mask = mask if failed else candidate
    score, objective = subject.objective(mask)
    return {
        "mask": mask,
        "firstDirection": first_direction,
        "score": score,
        "objective": objective,
        "iterations": ITERATIONS,
        "gradients": ITERATIONS * POINTS,
        "forwards": forwards + 1 + ITERATIONS * POINTS,
    }
