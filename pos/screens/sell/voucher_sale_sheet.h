// Sells a voucher: an amount, and for a printed card its number, scanned or typed. A card
// that the till knows already is topped up. UI thread.
#pragma once

#include <string>

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct VoucherSaleInput {
  std::string number = {};  // empty: one is made
  ui::Keyed keyed = {};     // minor units
  std::size_t goods = 0;    // 0: of any tax rate; else that of a rate, from 1
  SheetKeyboard keyboard = {};
};

struct VoucherSaleView {
  std::string title, number_label, number_hint, number_note, amount, goods_word;
  std::vector<std::string> goods;
  std::size_t chosen = 0;
  bool is_hint = false, is_refused = false;
  FootView foot;
  friend bool operator==(const VoucherSaleView&, const VoucherSaleView&) = default;
};
struct VoucherSaleTap {
  SheetTap foot = SheetTap::none;
  ui::PadKey key = ui::PadKey::none;
  std::optional<std::size_t> goods = {};
};

Questions wants(const Scene& scene, const VoucherSaleInput& input);
VoucherSaleView present(const Scene& scene, const VoucherSaleInput& input);
VoucherSaleTap draw(ui::Ui& ui, const VoucherSaleView& view, VoucherSaleInput& input,
                    const Words& words);
SheetResult react(const VoucherSaleTap& tap, const Scene& scene, VoucherSaleInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, VoucherSaleInput& input);

}  // namespace pos
