"""The peers' side of structure.bench.mjs: CPU seconds of igraph, NetworKit and PyCNP on the same graphs, as JSON lines."""
import json
import os
import sys
import time

import numpy


def cpu(work, runs):
    """Median CPU seconds (all threads) of some runs, and the last result."""
    times = []
    result = None
    for _ in range(runs):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2], result


def structural(folder, runs):
    import igraph
    import networkit

    networkit.setNumberOfThreads(1)
    for name, directed in (("undirected", False), ("directed", True)):
        with open(os.path.join(folder, name + ".meta")) as file:
            n = int(file.read())
        pairs = numpy.fromfile(os.path.join(folder, name + ".bin"), dtype=numpy.int32).reshape(-1, 2)
        seconds, graph = cpu(lambda: igraph.Graph(n=n, edges=pairs, directed=directed), 1)
        other = networkit.GraphFromCoo((numpy.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), n=n, directed=directed)
        emit = lambda work, seconds: print(json.dumps({"work": work, "seconds": seconds}), flush=True)
        emit(name + " build igraph", seconds)
        rank = networkit.centrality.PageRank(other, damp=0.85, tol=1e-10)
        emit(name + " pagerank igraph", cpu(lambda: graph.pagerank(directed=directed), runs)[0])
        emit(name + " pagerank networkit", cpu(rank.run, runs)[0])
        if directed:
            emit("directed scc igraph", cpu(lambda: graph.connected_components(mode="strong"), runs)[0])
            strong = networkit.components.StronglyConnectedComponents(other)
            emit("directed scc networkit", cpu(strong.run, runs)[0])
            continue
        emit("blocks igraph", cpu(lambda: (graph.articulation_points(), graph.bridges(),
                                           graph.biconnected_components()), runs)[0])
        emit("k-core igraph", cpu(graph.coreness, runs)[0])
        emit("k-core networkit", cpu(lambda: networkit.centrality.CoreDecomposition(other).run(), runs)[0])
        sources = json.load(open(os.path.join(folder, "sources.json")))
        emit("betweenness igraph", cpu(lambda: graph.betweenness(sources=sources), 1)[0])


def critical(path, k, seconds, search, seed):
    import pycnp
    from pycnp import MemeticSearchParams, read
    from pycnp.stop import MaxRuntime

    model = pycnp.Model.from_data(read(path))
    result = model.solve(problem_type="CNP", budget=k, stopping_criterion=MaxRuntime(seconds), seed=seed,
                         memetic_search_params=MemeticSearchParams(search=search), display=False)
    print(json.dumps({"value": result.best_obj_value, "seconds": result.runtime}))


if sys.argv[1] == "structural":
    structural(sys.argv[2], int(sys.argv[3]))
else:
    critical(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5], int(sys.argv[6]))
