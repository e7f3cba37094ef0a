// The cash drawer: a box that a pulse opens. Nearly always it hangs on the
// receipt printer. Lives on the printer's worker thread.
#pragma once

#include "drivers/printer/printer.h"

namespace drivers {

class Drawer {
 public:
  virtual ~Drawer() = default;
  // A result means that the pulse was sent; whether the box is open, only people
  // and its switch see.
  virtual core::Result<DrawerSeen, PrinterTrouble> open() = 0;
};

class PrinterDrawer final : public Drawer {
 public:
  // The printer must outlive it.
  explicit PrinterDrawer(Printer& printer) : printer_(printer) {}
  core::Result<DrawerSeen, PrinterTrouble> open() override { return printer_.open_drawer(); }

 private:
  Printer& printer_;
};

// A till whose drawer is opened by key: nothing to do, and that is no failure.
class NoDrawer final : public Drawer {
 public:
  core::Result<DrawerSeen, PrinterTrouble> open() override { return DrawerSeen::unknown; }
};

}  // namespace drivers
