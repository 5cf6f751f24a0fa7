"""Reference implementation of I-GOS and iGOS++ in torch, without noise, with a full record.

Follows the authors' published programs step by step (see the README beside this folder for the exact
definitions); used in float64 to make golden data and in float32 to measure how far
single precision drifts from it.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F


# ---- pieces -----------------------------------------------------------------

def gaussian_kernel(k, sigma):
    x = np.arange(k, dtype=np.float64) - (k - 1) / 2
    g = np.exp(-x * x / (2.0 * sigma * sigma))
    return g / g.sum()


def gaussian_blur(hwc, k, sigma):
    """Separable Gaussian, borders mirrored without repeating the edge pixel (reflect-101)."""
    g, r = gaussian_kernel(k, sigma), k // 2
    a = np.asarray(hwc, np.float64)
    for axis in (0, 1):
        pad = [(0, 0)] * a.ndim
        pad[axis] = (r, r)
        p = np.pad(a, pad, mode="reflect")
        n = a.shape[axis]
        a = sum(g[i] * np.take(p, np.arange(i, i + n), axis=axis) for i in range(k))
    return a


def upsample(mask, hw):
    return F.interpolate(mask, size=hw, mode="bilinear", align_corners=True)


def l1_term(mask):
    return (1 - mask).abs().mean()


def tv_term(mask, beta=2):
    m = mask[0, 0]
    return (m[:-1] - m[1:]).abs().pow(beta).mean() + (m[:, :-1] - m[:, 1:]).abs().pow(beta).mean()


def blend(img, base, up):
    return img * up + base * (1 - up)


def prob(model, x, cls):
    return F.softmax(model(x), dim=1)[:, cls]


def score_of(model, x, cls, kind):
    """The score to be lowered: softmax probability, or the value before the softmax."""
    return prob(model, x, cls) if kind == "probability" else model(x)[:, cls]


def shape2(size):
    return (size, size) if isinstance(size, int) else tuple(size)


# ---- I-GOS ------------------------------------------------------------------

IGOS_DEFAULTS = dict(iterations=15, igSteps=20, l1=1.0, tv=20.0, tvBeta=2, step0=200.0, decay=0.2, armijo=1e-4,
                     minStep=1e-5, score="probability", direction="integrated", stepRule="lineSearch",
                     lineSearchObjective="endpoint", onFailedSearch="step", lambdaSchedule=True)


def _start(init, size, dtype):
    if init is None:
        return torch.ones((1, 1, *shape2(size)), dtype=dtype)
    return torch.from_numpy(np.asarray(init)).to(dtype).view(1, 1, *shape2(size))


def igos(model, img, base, cls, size, batched=True, noise=None, init=None, round32=False, **kw):
    """img, base: 1xCxHxW tensors (any float dtype). size: side of the mask, or (rows, columns).

    Returns (masks, history, first). masks: iterations+1 arrays (the first is all ones, or `init`);
    history: one dict an iteration; first: score part of the direction and the S scores of iteration 0.
    round32: keep the mask at float32 precision between iterations, so that a stored float32 mask is
    the exact state. Options beyond the published program: score "probability" | "logit"; direction
    "integrated" | "plain" (one point, the mask itself); stepRule "lineSearch" | "fixed" (step0 always,
    unchecked); lineSearchObjective "endpoint" (score at the mask) | "path" (average over the S points);
    onFailedSearch "step" (last candidate used all the same) | "keep" (mask unchanged); lambdaSchedule.
    """
    p = dict(IGOS_DEFAULTS)
    p.update(kw)
    S, hw = p["igSteps"] if p["direction"] == "integrated" else 1, tuple(img.shape[2:])
    l1c, kind = p["l1"], p["score"]
    mask = _start(init, size, img.dtype)
    masks, hist, base_scores = [mask[0, 0].numpy().copy()], [], []
    frac = (torch.arange(1, S + 1, dtype=img.dtype) / S).view(-1, 1, 1, 1)

    def path_scores(up):
        if batched:
            x = blend(img, base, up * frac)
            return score_of(model, x if noise is None else x + noise(x), cls, kind)
        parts = []
        for f in frac:
            x = blend(img, base, up * f)
            parts.append(score_of(model, x if noise is None else x + noise(x), cls, kind))
        return torch.cat(parts)

    def total(m, need_end=False):
        """(l1, tv, score term of the objective, objective, score at m when asked for)"""
        with torch.no_grad():
            up = upsample(m, hw)
            a, b = l1_term(m), tv_term(m, p["tvBeta"])
            path = p["lineSearchObjective"] == "path"
            end = score_of(model, blend(img, base, up), cls, kind)[0] if need_end or not path else None
            s = path_scores(up).mean() if path else end
            return a, b, s, l1c * a + p["tv"] * b + s, end

    for it in range(p["iterations"]):
        m = mask.clone().requires_grad_(True)
        reg = l1c * l1_term(m) + p["tv"] * tv_term(m, p["tvBeta"])
        g_reg = torch.autograd.grad(reg, m)[0]
        if batched:
            sc = path_scores(upsample(m, hw))
            ig_score = sc.sum() / S
            g_ig = torch.autograd.grad(ig_score, m)[0]
            sc = sc.detach()
        else:  # one point at a time, each with its own backward pass
            g_ig, parts = torch.zeros_like(m), []
            for f in frac:
                x = blend(img, base, upsample(m, hw) * f)
                s = score_of(model, x if noise is None else x + noise(x), cls, kind)
                g_ig = g_ig + torch.autograd.grad(s.sum() / S, m)[0]
                parts.append(s.detach())
            sc = torch.cat(parts)
            ig_score = sc.sum() / S
        g = g_reg + g_ig
        a, b, s0, f0, end0 = total(mask, True)
        base_scores.append(float(end0))
        g2 = float((g ** 2).sum())
        step, trials, floor = p["step0"], [], False
        while True:
            cand = (mask - step * g).clamp(0, 1)
            ca, cb, cs, fc, _ = total(cand)
            margin = float(fc) - (float(f0) - p["armijo"] * step * g2)
            trials.append(dict(step=step, score=float(cs), l1=float(ca), tv=float(cb), total=float(fc), margin=margin))
            if floor or not (margin > 0) or p["stepRule"] == "fixed":
                break
            step *= p["decay"]
            floor = step < p["minStep"]
        failed = margin > 0 and p["stepRule"] != "fixed"
        if not (failed and p["onFailedSearch"] == "keep"):
            mask = cand.float().to(img.dtype) if round32 else cand
        masks.append(mask[0, 0].numpy().copy())
        hist.append(dict(iteration=it, l1Coeff=l1c, score=float(end0), l1=float(a), tv=float(b), total=float(f0),
                         igScore=float(ig_score.detach()), gradNorm2=g2, igGradNorm2=float((g_ig ** 2).sum()),
                         regGradNorm2=float((g_reg ** 2).sum()), step=step, trials=len(trials),
                         stoppedAtFloor=bool(floor), searchFailed=bool(failed),
                         kept=bool(failed and p["onFailedSearch"] == "keep"), trialLog=trials))
        if it == 0:
            first = dict(ig=g_ig[0, 0].numpy().copy(), scores=sc.numpy().copy())
        if p["lambdaSchedule"] and p["iterations"] > 3:
            # the authors compare the starting score with the score one iteration back
            prev = base_scores[it - 1] if it > 0 else base_scores[0]
            if it == int(p["iterations"] / 2):
                if abs(base_scores[0] - prev) <= 0.001:
                    l1c /= 10
            elif it == int(p["iterations"] / 1.25):
                if abs(base_scores[0] - prev) <= 0.01:
                    l1c /= 5
    return masks, hist, first


# ---- iGOS++ -----------------------------------------------------------------

IGOSPP_DEFAULTS = dict(iterations=15, igSteps=20, l1=1.0, tv=20.0, sigma=0.01, step0=1000.0,
                       decay=0.2, armijo=1e-4, minStep=1e-5)


def bilateral_tv(img, mask, hw, beta, sigma):
    m = mask[0, 0]
    a = (m[:-1] - m[1:]).abs().pow(beta).mean()
    b = (m[:, :-1] - m[:, 1:]).abs().pow(beta).mean()
    u = upsample(mask, hw)[0, 0]
    # rows: channel mean first, then square; columns: square, exp, then channel mean (as published)
    wr = torch.exp(-((img[0, :, :-1] - img[0, :, 1:]).mean(0) ** 2) / sigma)
    wc = torch.exp(-((img[0, :, :, :-1] - img[0, :, :, 1:]) ** 2) / sigma).mean(0)
    ba = (wr * (u[:-1] - u[1:]).abs().pow(beta)).mean()
    bb = (wc * (u[:, :-1] - u[:, 1:]).abs().pow(beta)).mean()
    return 0.5 * (a + b + ba + bb)


def igos_pp(model, img, base, cls, size, init=None, round32=False, **kw):
    p = dict(IGOSPP_DEFAULTS)
    p.update(kw)
    S, hw = p["igSteps"], tuple(img.shape[2:])
    frac = (torch.arange(1, S + 1, dtype=img.dtype) / S).view(-1, 1, 1, 1)
    md = _start(None if init is None else init[0], size, img.dtype)
    mi = _start(None if init is None else init[1], size, img.dtype)

    def ig(a, b, up):
        return prob(model, blend(a, b, up * frac), cls).sum() / S

    def reg(m):
        return p["l1"] * l1_term(m) + p["tv"] * bilateral_tv(img, m, hw, 2, p["sigma"])

    def objective(d, i):
        with torch.no_grad():
            ud, ui = upsample(d, hw), upsample(i, hw)
            t = [float(ig(img, base, ud)), float(-ig(base, img, ui)), float(ig(img, base, ud * ui)), float(-ig(base, img, ud * ui))]
            r = float(reg(d * i))
            return sum(t) + r, t, r

    masks, hist = [[md[0, 0].numpy().copy(), mi[0, 0].numpy().copy()]], []
    for it in range(p["iterations"]):
        d, i = md.clone().requires_grad_(True), mi.clone().requires_grad_(True)
        ud, ui = upsample(d, hw), upsample(i, hw)
        loss = 0.5 * (ig(img, base, ud * ui) - ig(base, img, ud * ui) + ig(img, base, ud) - ig(base, img, ui))
        gd, gi = torch.autograd.grad(loss, [d, i])
        rd, ri = torch.autograd.grad(reg(d * i), [d, i])
        gd, gi = gd + rd, gi + ri
        f0, terms, r0 = objective(md, mi)
        g2 = float((gd ** 2).sum() + (gi ** 2).sum())
        step, log = p["step0"], []
        while True:
            cd, ci = (md - step * gd).clamp(0, 1), (mi - step * gi).clamp(0, 1)
            fc, ct, cr = objective(cd, ci)
            margin = fc - (f0 - p["armijo"] * step * g2)
            log.append(dict(step=step, total=fc, margin=margin))
            # accept, or give up once the step itself is below the floor
            if not (margin > 0) or step < p["minStep"]:
                break
            step *= p["decay"]
        md, mi = cd, ci
        if round32:
            md, mi = md.float().to(img.dtype), mi.float().to(img.dtype)
        masks.append([md[0, 0].numpy().copy(), mi[0, 0].numpy().copy()])
        hist.append(dict(iteration=it, total=f0, deletion=terms[0], insertion=terms[1], deletionBoth=terms[2],
                         insertionBoth=terms[3], reg=r0, gradNorm2=g2, step=step, trials=len(log),
                         stoppedAtFloor=bool(log[-1]["margin"] > 0), trialLog=log))
    return masks, hist


# ---- metrics ----------------------------------------------------------------

def curve_block(model, img, base, cls, mask, fraction=1 / 3.5, points=200):
    """I-GOS program: delete / insert whole mask cells, smallest mask value first."""
    n = mask.size
    order = np.argsort(mask.ravel(), kind="stable")
    stride = 1 if n < points else int(n / points)
    counts = list(range(0, int(n * fraction), stride))
    return counts, *_cells(model, img, base, cls, mask.shape, order, counts)


def curve_pp(model, img, base, cls, mask):
    """iGOS++ program: 50-odd equal steps over all cells; the k=0 point comes first."""
    n = mask.size
    order = np.argsort(mask.ravel(), kind="stable")
    step = max(1, n // 50)
    counts = [0] + [min(k + step, n) for k in range(0, n, step)]
    d, i = _cells(model, img, base, cls, mask.shape, order, counts)
    # published score: last block counts its width, not width x score
    def published(c):
        tot = 0.0
        for j, k in enumerate(range(0, n, step)):
            tot += c[j + 1] * step if k + step < n else n - k
        return tot / n
    def exact(c):
        return float(np.trapezoid(c, np.array(counts) / n))
    return counts, d, i, dict(publishedDeletion=published(d), publishedInsertion=published(i),
                              deletionAuc=exact(d), insertionAuc=exact(i))


def _cells(model, img, base, cls, shape, order, counts):
    dele, ins = [], []
    with torch.no_grad():
        for k in counts:
            keep = np.ones(int(np.prod(shape)))
            keep[order[:k]] = 0
            up = upsample(torch.from_numpy(keep).to(img.dtype).view(1, 1, *shape), tuple(img.shape[2:]))
            x = torch.cat([blend(img, base, up), blend(base, img, up)])
            s = prob(model, x, cls)
            dele.append(float(s[0]))
            ins.append(float(s[1]))
    return dele, ins


def curve_product(model, start, finish, cls, saliency, steps=50, batch=17):
    """Product metric: cuts at floor(k*H*W/steps + 1/2), whole pixels, most salient first, ties by index."""
    h, w = start.shape[2:]
    order = np.argsort(-saliency.astype(np.float64).ravel(), kind="stable")
    cuts = [int(math.floor(k * h * w / steps + 0.5)) for k in range(steps + 1)]
    x, fin = start.clone().reshape(1, -1, h * w), finish.reshape(1, -1, h * w)
    out, buf, at = [], [], 0
    with torch.no_grad():
        for i, c in enumerate(cuts):
            j = torch.from_numpy(order[at:c].copy())
            x[:, :, j] = fin[:, :, j]
            at = c
            buf.append(x.clone().view(1, -1, h, w))
            if len(buf) == batch or i == steps:
                out += prob(model, torch.cat(buf), cls).tolist()
                buf = []
    return out


def rise_blur(img, k=11, sigma=5):
    """RISE's insertion start: 11x11 kernel = a unit impulse in an 11x11 array blurred by scipy's
    gaussian_filter(sigma 5, truncate 4, mirror with repeated edge), then zero-padded convolution."""
    from scipy.ndimage import gaussian_filter
    d = np.zeros((k, k))
    d[k // 2, k // 2] = 1
    w = torch.from_numpy(gaussian_filter(d, sigma)).to(img.dtype)
    c = img.shape[1]
    return F.conv2d(img, w.expand(c, 1, k, k), padding=k // 2, groups=c)


def curve_pixels(model, start, finish, cls, saliency, step, batch=32):
    """RISE's causal metric: copy `step` pixels of `finish` into `start` at a time, most salient first.
    Ties: the larger row-major index first (argsort stable ascending, reversed)."""
    h, w = start.shape[2:]
    order = np.argsort(saliency.ravel(), kind="stable")[::-1].copy()
    n = (h * w + step - 1) // step
    x = start.clone().reshape(1, -1, h * w)
    fin = finish.reshape(1, -1, h * w)
    out, buf = [], []
    with torch.no_grad():
        for i in range(n + 1):
            buf.append(x.clone().view(1, -1, h, w))
            if len(buf) == batch or i == n:
                out += prob(model, torch.cat(buf), cls).tolist()
                buf = []
            if i < n:
                j = torch.from_numpy(order[step * i:step * (i + 1)])
                x[:, :, j] = fin[:, :, j]
    return out


def auc(c):
    c = np.asarray(c)
    return float((c.sum() - c[0] / 2 - c[-1] / 2) / (len(c) - 1))
