/**
 * Published critical-node instances: Ventresca, "Global search algorithms using a combinatorial unranking-based problem
 * representation for the critical node detection problem", Computers & Operations Research 39(11), 2012,
 * doi:10.1016/j.cor.2012.02.008. Best known values: Zhou, Hao, Glover, IEEE Trans. Cybernetics 49(10), 2019,
 * doi:10.1109/TCYB.2018.2848116. Read from the folder `graphs/cnp` of ATLAS_DATA.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StructureService } from '../../src/service/structure.service';

const folder = process.env.ATLAS_DATA;
const service = new StructureService(() => performance.now() / 1000);
const fileOf = (name: string): string => join(folder ?? '', 'graphs', 'cnp', `${name}.txt`);

const INSTANCES = [
  { name: 'BarabasiAlbert_n500m1', vertices: 500, k: 50, best: 195, isTree: true },
  { name: 'ErdosRenyi_n235', vertices: 235, k: 50, best: 295, isTree: false },
  { name: 'ForestFire_n250', vertices: 250, k: 50, best: 194, isTree: false },
];

if (folder === undefined) {
  it('is not run: name the folder of real data in ATLAS_DATA', () => {
    expect(folder).toBeUndefined();
  });
} else {
  describe('published critical-node instances', () => {
    it.each(INSTANCES)('$name: $best pairs after $k removals', async ({ name, k, best, isTree }) => {
      expect(existsSync(fileOf(name))).toBe(true);
      const found = await service.criticalNodes(fileOf(name), { k, seed: 1, iterations: 150_000 });
      expect(found.pairwiseConnectivity).toBe(best);
      expect(found.removed).toHaveLength(k);
      expect(found.status).toBe(isTree ? 'optimal' : 'feasible');
      expect(found.bound).toBeLessThanOrEqual(best);
      if (isTree) expect(found.bound).toBe(best);
    });

    it('WattsStrogatz_n250 comes near its best known value 3083 and repeats itself', async () => {
      const request = { k: 70, seed: 1, iterations: 60_000 };
      const { seconds: _, ...found } = await service.criticalNodes(fileOf('WattsStrogatz_n250'), request);
      expect(found.pairwiseConnectivity).toBeLessThan(5000);
      expect(found.pairwiseConnectivity).toBeGreaterThanOrEqual(3083);
      const { seconds: __, ...again } = await service.criticalNodes(fileOf('WattsStrogatz_n250'), request);
      expect(again).toEqual(found);
    });

    it.each(INSTANCES)('$name is dismantled to its target', async ({ name, vertices }) => {
      const request = { method: 'core-hd', target: 0.05, radius: 2, seed: 1 };
      const found = await service.dismantle(fileOf(name), request);
      expect(found.vertices).toBe(vertices);
      expect(found.curve[found.removals]).toBeLessThanOrEqual(0.05 * vertices);
      const attack = await service.dismantle(fileOf(name), { ...request, method: 'degree' });
      expect(found.removals).toBeLessThanOrEqual(attack.removals);
    });
  });
}
