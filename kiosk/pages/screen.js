// The bridge between NiceGUI and assets/kiosk.js, which does the drawing and knows nothing of NiceGUI.
import { Stand } from "/assets/kiosk.js";

export default {
  template: `<div class="kiosk"></div>`,
  props: { picture: Object },
  mounted() {
    this.stand = new Stand(this.$el, (tap) => this.$emit("tap", tap));
    if (this.picture) this.stand.show(this.picture);
  },
  unmounted() {
    this.stand.leave();
  },
  watch: {
    picture(picture) {
      this.stand.show(picture);
    },
  },
};
