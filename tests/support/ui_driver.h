// Drives screens without a window: draws frames in memory, taps what the item
// log names, types, and looks at what is shown. Time passes only when told.
//
//   UiDriver ui;
//   ui.draw([&](Ui& u) { tap = draw(u, view); });
//   ui.tap("Cash", draw_function);   CHECK(ui.shows("Paid"));
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "pos/ui/software_renderer.h"
#include "pos/ui/widgets.h"

namespace test {

class UiDriver {
 public:
  using Draw = std::function<void(pos::ui::Ui&)>;

  explicit UiDriver(int width = 1280, int height = 800, pos::ui::Look look = {})
      : width_(width),
        height_(height),
        look_(look),
        fonts_(open_fonts()),
        ui_(std::make_unique<pos::ui::Ui>(*fonts_, pictures_)) {}

  // One frame with what is waiting of the input.
  const ImDrawData& frame(const Draw& draw) {
    seconds_ += 1.0 / 60;
    ui_->begin({.width = width_,
                .height = height_,
                .seconds = seconds_,
                .input = input_.next(),
                .look = look_});
    draw(*ui_);
    const ImDrawData& data = ui_->end();
    if (ui_->refused()) refused_ = *ui_->refused();
    return data;
  }

  // Frames until all input has been dealt out, and the two that follow.
  void draw(const Draw& draw) {
    while (!input_.is_empty()) frame(draw);
    frame(draw);
    frame(draw);
  }

  // Taps the middle of what `name` means; fails the test if nothing is shown.
  void tap(std::string_view name, const Draw& draw) {
    refused_.clear();
    frame(draw);
    const pos::ui::Item* item = ui_->log().find(name);
    INFO("tap: " << name);
    REQUIRE(item != nullptr);
    const auto x = static_cast<float>(item->rect.x0 + item->rect.x1) / 2;
    const auto y = static_cast<float>(item->rect.y0 + item->rect.y1) / 2;
    tap_at(x, y, draw);
  }

  void tap_at(float x, float y, const Draw& draw) {
    input_.press(x, y);
    input_.release(x, y);
    this->draw(draw);
  }

  void key(pos::ui::Key key, const Draw& draw) {
    input_.stroke({.key = key});
    this->draw(draw);
  }

  void type(std::string_view letters, const Draw& draw) {
    for (const char letter : letters) text_.assign(1, letter), input_.stroke({.text = text_});
    this->draw(draw);
  }

  void pass(double seconds) { seconds_ += seconds; }
  bool shows(std::string_view text) const { return ui_->log().shows(text); }
  const pos::ui::Item* find(std::string_view name) const { return ui_->log().find(name); }
  const std::string& refused() const { return refused_; }
  pos::ui::Ui& ui() { return *ui_; }
  pos::ui::Input& input() { return input_; }
  void look(pos::ui::Look look) { look_ = look; }

  // What the screen looks like, as a PNG in the build folder.
  void save(const std::string& name, const Draw& draw) {
    pos::ui::SoftwareRenderer renderer(width_, height_);
    for (int i = 0; i < 40 && (i < 2 || ui_->wants_frame()); ++i) frame(draw);
    renderer.draw(frame(draw));
    REQUIRE(pos::ui::save_png(renderer.picture(), TRESEN_TEST_BINARIES "/" + name + ".png"));
  }

 private:
  static std::unique_ptr<pos::ui::Fonts> open_fonts() {
    auto fonts = pos::ui::Fonts::open();
    if (!fonts) FAIL(to_text(fonts.error()));
    return std::move(*fonts);
  }

  int width_, height_;
  pos::ui::Look look_;
  double seconds_ = 1;
  std::string text_, refused_;
  std::unique_ptr<pos::ui::Fonts> fonts_;
  pos::ui::Pictures pictures_;
  pos::ui::Input input_;
  std::unique_ptr<pos::ui::Ui> ui_;
};

}  // namespace test
