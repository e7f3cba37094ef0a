// The customer's window: what `customer_page` says, drawn light and large.
// It draws only when the page has changed, and after the till's own frame, so
// that it never holds the till up. UI thread.
#pragma once

#include <memory>
#include <optional>

#include "pos/screens/customer/customer_words.h"
#include "pos/ui/second_window.h"
#include "pos/ui/ui.h"

namespace pos {

// Draws the page into the whole of `ui`, whatever its shape.
void draw(ui::Ui& ui, const CustomerPage& page);

class CustomerWindow {
 public:
  CustomerWindow(std::unique_ptr<ui::SecondWindow> window, ui::Fonts& fonts)
      : window_(std::move(window)), ui_(fonts, pictures_) {}

  // True if there was anything to draw.
  bool show(const CustomerPage& page, double seconds);
  // A screen came or went, or the window was uncovered: the next page is drawn.
  void settle();

  // Why the last page could not be shown; empty: it was.
  std::string_view trouble() const { return window_->renderer().trouble(); }
  const ui::ItemLog& log() const { return ui_.log(); }
  ui::Image picture() { return window_->renderer().picture(); }

 private:
  std::unique_ptr<ui::SecondWindow> window_;
  ui::Pictures pictures_;
  ui::Ui ui_;
  std::optional<CustomerPage> shown_;
};

}  // namespace pos
