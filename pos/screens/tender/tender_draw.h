// The three cards of the tender screen, each drawn by itself. UI thread.
#pragma once

#include "pos/screens/tender/tender_screen.h"

namespace pos {

TenderTap draw_order(ui::Ui& ui, const ui::Rect& rect, const TenderView& view);
TenderTap draw_methods(ui::Ui& ui, const ui::Rect& rect, const TenderView& view);
// What the methods need, so that upright the amount gets all the rest.
int methods_height(const ui::Ui& ui);
TenderTap draw_amount(ui::Ui& ui, const ui::Rect& rect, const TenderView& view);

}  // namespace pos
