"""The peers' side of the structural benches: CPU seconds of igraph, NetworKit and PyCNP on the same graphs, as JSON lines."""
import json
import os
import sys
import time

import numpy


def cpu(work, runs):
    """Median CPU seconds (all threads) of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2]


def structural(folder, runs, works):
    import igraph
    import networkit

    networkit.setNumberOfThreads(1)
    with open(os.path.join(folder, "graph.json")) as file:
        given = json.load(file)
    n, directed = given["n"], given["directed"]
    pairs = numpy.fromfile(os.path.join(folder, "pairs.bin"), dtype=numpy.int32).reshape(-1, 2)
    graph = igraph.Graph(n=n, edges=pairs, directed=directed)
    other = networkit.GraphFromCoo((numpy.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), n=n, directed=directed)
    known = {
        ("build", "igraph"): lambda: igraph.Graph(n=n, edges=pairs, directed=directed),
        ("blocks", "igraph"): lambda: (graph.articulation_points(), graph.bridges(), graph.biconnected_components()),
        ("pagerank", "igraph"): lambda: graph.pagerank(directed=directed),
        ("pagerank", "networkit"): lambda: networkit.centrality.PageRank(other, damp=0.85, tol=1e-10).run(),
        ("scc", "igraph"): lambda: graph.connected_components(mode="strong"),
        ("scc", "networkit"): lambda: networkit.components.StronglyConnectedComponents(other).run(),
        ("k-core", "igraph"): graph.coreness,
        ("k-core", "networkit"): lambda: networkit.centrality.CoreDecomposition(other).run(),
        ("betweenness", "igraph"): lambda: graph.betweenness(sources=given["sources"]),
    }
    for (work, peer), run in known.items():
        if work in works:
            seconds = cpu(run, 1 if work == "betweenness" else runs)
            print(json.dumps({"work": work, "peer": peer, "seconds": seconds}), flush=True)


def critical(path, k, seconds, search, seed):
    import pycnp
    from pycnp import MemeticSearchParams, read
    from pycnp.stop import MaxRuntime

    model = pycnp.Model.from_data(read(path))
    result = model.solve(problem_type="CNP", budget=k, stopping_criterion=MaxRuntime(seconds), seed=seed,
                         memetic_search_params=MemeticSearchParams(search=search), display=False)
    print(json.dumps({"value": result.best_obj_value, "seconds": result.runtime}))


if sys.argv[1] == "structural":
    structural(sys.argv[2], int(sys.argv[3]), set(sys.argv[4:]))
else:
    critical(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5], int(sys.argv[6]))
