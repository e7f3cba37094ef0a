// Shows the slip of a receipt as it comes out of the printer, over whatever
// screen asked for it (Reaction::slip). The runtime draws the picture; until
// it is there the sheet says so.
#pragma once

#include "pos/desk/scene.h"

namespace pos {

struct SlipView {
  std::string title, second, waiting, print, close;
  friend bool operator==(const SlipView&, const SlipView&) = default;
};

enum class SlipTap : std::uint8_t { none, print, close };

SlipView present(const Scene& scene, const SlipWish& wish);
// `picture` is null until it is drawn; it must outlive the frame.
SlipTap draw(ui::Ui& ui, const SlipView& view, const ui::Texture* picture);
// The paper alone, on the desk; it scrolls. `waiting` stands there without a picture.
void draw_paper(ui::Ui& ui, const ui::Rect& desk, std::string_view waiting,
                const ui::Texture* picture);
// Takes the wish away when it was closed.
Reaction react(SlipTap tap, const Scene& scene, std::optional<SlipWish>& wish);
// Does nothing without a wish.
Reaction run(ui::Ui& ui, const Scene& scene, std::optional<SlipWish>& wish,
             const ui::Texture* picture);

}  // namespace pos
