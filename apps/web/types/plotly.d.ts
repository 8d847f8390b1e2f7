declare module "plotly.js-strict-dist-min" {
  /** The one function of Plotly that is used here. */
  const Plotly: { newPlot(place: HTMLElement, figure: object): Promise<unknown> };
  export default Plotly;
}
