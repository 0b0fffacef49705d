"""The peers' side of structure.test.ts: reads graphs as JSON on stdin, writes igraph's and NetworKit's answers on stdout."""
import json
import sys

import igraph
import networkit


def answers(n, edges, directed):
    graph = igraph.Graph(n=n, edges=edges, directed=directed)
    other = networkit.Graph(n, directed=directed)
    for source, target in edges:
        other.addEdge(source, target)
    result = {
        "betweenness": graph.betweenness(),
        "betweennessOther": networkit.centrality.Betweenness(other).run().scores(),
        "closeness": [0 if value != value else value for value in graph.closeness(mode="out")],
        "harmonic": graph.harmonic_centrality(mode="out", normalized=False),
        "pageRank": graph.pagerank(directed=directed),
        "components": graph.connected_components(mode="weak").membership,
        "strong": graph.connected_components(mode="strong").membership,
    }
    if directed:
        result["dominators"] = [-1 if d != d or d < 0 else int(d) for d in graph.dominator(0)]
        return result
    result["core"] = graph.coreness()
    result["coreOther"] = networkit.centrality.CoreDecomposition(other).run().scores()
    result["articulation"] = sorted(graph.articulation_points())
    result["bridges"] = sorted(sorted(graph.es[e].tuple) for e in graph.bridges())
    result["blocks"] = sorted(sorted(block) for block in graph.biconnected_components())
    result["edgeConnectivity"] = graph.edge_connectivity() if n > 1 else 0
    result["vertexConnectivity"] = graph.vertex_connectivity() if n > 1 else 0
    result["edgeCut"] = graph.mincut(0, n - 1).value
    return result


json.dump([answers(g["n"], g["edges"], g["directed"]) for g in json.load(sys.stdin)], sys.stdout)
