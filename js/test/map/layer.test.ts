import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Card } from "../../src/map/view/card";
import { boundsOf, type Row, rowsOf } from "../../src/map/view/layer";
import { picker } from "../../src/map/view/picker";

const row = (geometry: Row["geometry"], properties: Row["properties"] = null): Row => ({
  type: "Feature",
  geometry,
  properties,
});

describe("the layer", () => {
  it("takes any GeoJSON", () => {
    const point = { type: "Point", coordinates: [1, 2] };
    expect(rowsOf({ type: "FeatureCollection", features: [row(point)] })).toEqual([row(point)]);
    expect(rowsOf(row(point))).toEqual([row(point)]);
    expect(rowsOf(point)).toEqual([row(point)]);
  });

  it("knows its bounds, and that it has none", () => {
    const line = {
      type: "LineString",
      coordinates: [
        [1, 2],
        [5, -4, 100],
      ],
    };
    const many = { type: "GeometryCollection", geometries: [line, { type: "Point", coordinates: [-7, 3] }] };
    expect(boundsOf([row(many), row(null)])).toEqual([-7, -4, 5, 3]);
    expect(boundsOf([row(null)])).toBeNull();
  });
});

describe("the card of a row", () => {
  const left = vi.fn();
  let card: Card;

  beforeEach(() => {
    card = new Card(left);
    document.body.replaceChildren(card.element);
  });
  afterEach(() => vi.clearAllMocks());

  it("shows names and values as text, never as markup", () => {
    card.show([row(null, { "<i>a</i>": "<img src=x onerror=alert(1)>", b: null, c: [1, 2] })], false);
    expect(card.element.querySelector("img, i")).toBeNull();
    const words = [...card.element.querySelectorAll("dt, dd")].map(({ textContent }) => textContent);
    expect(words).toEqual(["<i>a</i>", "<img src=x onerror=alert(1)>", "b", "–", "c", "[1,2]"]);
  });

  it("turns through several rows, and gives the focus back when it is closed", () => {
    card.show([row(null, { a: 1 }), row(null, { a: 2 })], true);
    expect(card.element.contains(document.activeElement)).toBe(true);
    expect(card.element.textContent).toContain("Row 1 of 2");
    card.element.querySelector("button")?.click();
    expect(card.element.textContent).toContain("Row 2 of 2");
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(card.element.hidden).toBe(true);
    expect(left).toHaveBeenCalledTimes(1);
  });
});

describe("the choice of basemap", () => {
  const choice = (name: string, group: string, vector: boolean, raster: boolean) => ({
    name,
    title: `The ${name}`,
    group,
    vector,
    raster,
  });
  const CHOICES = [
    choice("arcgis/streets", "streets", true, true),
    choice("open/streets", "", true, false),
    choice("arcgis/imagery", "imagery", false, true),
  ];
  const groups = (field: HTMLElement) =>
    [...field.querySelectorAll("optgroup")].map(({ label, children }) => [label, children.length]);

  it("is a labelled list in groups, and tells what was chosen", () => {
    const chosen = vi.fn();
    const field = picker(CHOICES, "arcgis/streets", true, chosen);
    document.body.replaceChildren(field);
    expect(groups(field)).toEqual([
      ["Streets", 1],
      ["Open", 1],
      ["Imagery", 1],
    ]);
    const select = field.querySelector("select") as HTMLSelectElement;
    expect(field.querySelector("label")?.htmlFor).toBe(select.id);
    select.value = "open/streets";
    select.dispatchEvent(new Event("change"));
    expect(chosen).toHaveBeenCalledWith("open/streets", "The open/streets");
  });

  it("offers pictures only, without WebGL, and always what is shown", () => {
    const field = picker(CHOICES, "0123", false, vi.fn());
    expect([...field.querySelectorAll("option")].map(({ value }) => value)).toEqual([
      "0123",
      "arcgis/streets",
      "arcgis/imagery",
    ]);
  });
});
