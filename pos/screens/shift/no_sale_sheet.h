// Why the drawer is opened without a sale. One tap on a reason does it.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/parts/sheet.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

struct NoSaleInput {
  std::optional<TextSheetInput> other = {};  // another reason is being typed
};

struct NoSaleView {
  std::string title, explained, cancel;
  std::vector<std::string> reasons;  // the last one asks for another
  std::optional<TextSheetView> text;
  friend bool operator==(const NoSaleView&, const NoSaleView&) = default;
};
struct NoSaleTap {
  bool is_cancelled = false;
  std::optional<std::size_t> reason = {};
  TextSheetTap text = TextSheetTap::none;
};

NoSaleView present(const Scene& scene, const NoSaleInput& input);
NoSaleTap draw(ui::Ui& ui, const NoSaleView& view, NoSaleInput& input);
SheetResult react(const NoSaleTap& tap, const Scene& scene, NoSaleInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, NoSaleInput& input);

}  // namespace pos
